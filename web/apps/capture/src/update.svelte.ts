/** The service worker: keeps the app's files on the device; a new build waits until the person takes it. */
class Update {
  waiting = $state.raw<ServiceWorker | undefined>();
  #accepted = false;
  #started = false;

  start(): void {
    const container = navigator.serviceWorker;
    if (!container || this.#started) return;
    this.#started = true;
    container.addEventListener('controllerchange', () => {
      if (this.#accepted) location.reload();
    });
    container.register(`${import.meta.env.BASE_URL}sw.js`, { updateViaCache: 'none' }).then(
      (registration) => {
        const look = (worker: ServiceWorker | null) => {
          const ready = () => worker?.state === 'installed' && container.controller && (this.waiting = worker);
          ready();
          worker?.addEventListener('statechange', ready);
        };
        look(registration.waiting);
        look(registration.installing);
        registration.addEventListener('updatefound', () => look(registration.installing));
        addEventListener('online', () => void registration.update().catch(() => undefined));
      },
      (error) => console.warn('the app could not be kept on the device', error),
    );
  }

  /** Takes the new build; `before` writes down what is still in the making. */
  async accept(before: () => Promise<unknown>): Promise<void> {
    await before();
    this.#accepted = true;
    this.waiting?.postMessage('accept');
  }
}

export const update = new Update();

/** The browser's offer to install the app, kept until somebody wants it. */
interface Offer extends Event {
  prompt(): Promise<{ outcome: string }>;
}
class Install {
  offer = $state.raw<Offer | undefined>();

  listen(): void {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.offer = event as Offer;
    });
    addEventListener('appinstalled', () => (this.offer = undefined));
  }

  async now(): Promise<void> {
    await this.offer?.prompt();
    this.offer = undefined;
  }
}

export const install = new Install();
