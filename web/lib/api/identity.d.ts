/* Made by "npm run types" from identity.openapi.json; do not edit. */

export interface paths {
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Accounts */
        get: operations["list_accounts"];
        put?: never;
        /**
         * Open Accounts
         * @description Opens each account, or says why not. Sending the same again changes nothing but the links.
         */
        post: operations["open_accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Close Account */
        delete: operations["close_account"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{person_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Grants
         * @description The account's roles become exactly these; its access tokens follow within ten minutes.
         */
        put: operations["set_grants"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{person_id}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue Password Link
         * @description A new one-time link, for a new or a forgotten password; earlier links stop working.
         */
        post: operations["issue_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Audit
         * @description Sign-ins, refusals, passwords, accounts, roles and settings, with who and when; never a secret.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get District */
        get: operations["get_district"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change District Settings
         * @description The whole of the settings. The three thresholds go up from 5 visits, 5 classrooms and 3
         *     observers, never below.
         */
        put: operations["change_district_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Jwks */
        get: operations["get_jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Names
         * @description The names of people of the district; those that it does not have, or that were erased, are left out.
         */
        get: operations["list_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish Oidc
         * @description Ends at the page where the person wanted to go, or at the sign-in page with `problem=` saying why not.
         */
        get: operations["finish_oidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Start Oidc */
        get: operations["start_oidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set Password */
        post: operations["set_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Providers */
        get: operations["list_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Session */
        get: operations["get_session"];
        put?: never;
        /** Sign In With Password */
        post: operations["sign_in_with_password"];
        /** Sign Out */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh Session
         * @description Trades the refresh token (cookie; or body, for the command line) for new tokens. A token works
         *     once: two windows must take turns, for a second use ends the session on every window.
         */
        post: operations["refresh_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign Out Everywhere
         * @description Ends the person's sessions on every device. Access tokens that are about expire within ten minutes.
         */
        delete: operations["sign_out_everywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AccountPage */
        AccountPage: {
            /** Items */
            items: components["schemas"]["AccountView"][];
            /** Next */
            next: string | null;
        };
        /** AccountView */
        AccountView: {
            /** Active */
            active: boolean;
            /** Email */
            email: string | null;
            /** Grants */
            grants: components["schemas"]["GrantBody"][];
            /** Has Password */
            has_password: boolean;
            /** Name */
            name: string | null;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Version */
            version: number;
        };
        /** AuditEntry */
        AuditEntry: {
            /** Actor Id */
            actor_id: string | null;
            /** Address */
            address: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Detail */
            detail: {
                [key: string]: string | number | null;
            };
            /**
             * Entry Id
             * Format: uuid
             */
            entry_id: string;
            /** Kind */
            kind: string;
            /** Person Id */
            person_id: string | null;
            /** Session Id */
            session_id: string | null;
        };
        /** AuditPage */
        AuditPage: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next */
            next: string | null;
        };
        /** Credentials */
        Credentials: {
            /**
             * District Id
             * @description needed only by people with accounts in several
             */
            district_id?: string | null;
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * DistrictSettings
         * @description `slot_minutes` is the length of a classroom visit; a figure is shown when it rests on at least
         *     `min_visits` visits to `min_classrooms` classrooms by `min_observers` observers.
         */
        DistrictSettings: {
            /**
             * Min Classrooms
             * @default 5
             */
            min_classrooms: number;
            /**
             * Min Observers
             * @default 3
             */
            min_observers: number;
            /**
             * Min Visits
             * @default 5
             */
            min_visits: number;
            /** Name */
            name: string;
            /**
             * Slot Minutes
             * @default 20
             */
            slot_minutes: number;
            /**
             * Timezone
             * @description IANA name, America/New_York
             */
            timezone: string;
        };
        /** DistrictView */
        DistrictView: {
            /**
             * District Id
             * Format: uuid
             */
            district_id: string;
            /**
             * Min Classrooms
             * @default 5
             */
            min_classrooms: number;
            /**
             * Min Observers
             * @default 3
             */
            min_observers: number;
            /**
             * Min Visits
             * @default 5
             */
            min_visits: number;
            /** Name */
            name: string;
            /**
             * Slot Minutes
             * @default 20
             */
            slot_minutes: number;
            /**
             * Timezone
             * @description IANA name, America/New_York
             */
            timezone: string;
        };
        /**
         * GrantBody
         * @description A role; `school_id` for a host principal and a teacher, and for an observer the home school.
         */
        GrantBody: {
            role: components["schemas"]["Role"];
            /** School Id */
            school_id?: string | null;
        };
        /** GrantsBody */
        GrantsBody: {
            /** Grants */
            grants: components["schemas"]["GrantBody"][];
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** Names */
        Names: {
            /** Names */
            names: {
                [key: string]: string;
            };
        };
        /**
         * NewAccount
         * @description `person_id` is the roster's, for a person that the roster lists.
         */
        NewAccount: {
            /** Email */
            email: string;
            /** Grants */
            grants?: components["schemas"]["GrantBody"][];
            /** Name */
            name: string;
            /** Person Id */
            person_id?: string | null;
        };
        /** NewAccounts */
        NewAccounts: {
            /** Items */
            items: components["schemas"]["NewAccount"][];
        };
        /** NewPassword */
        NewPassword: {
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * OpenedAccount
         * @description `password_url` works once, until `expires_at`; it is shown this one time. None where the account has a
         *     password already, and where it was refused (`detail` and `code` say why).
         */
        OpenedAccount: {
            /** Code */
            code?: string | null;
            /** Detail */
            detail?: string | null;
            /** Email */
            email: string;
            /** Expires At */
            expires_at?: string | null;
            /** Password Url */
            password_url?: string | null;
            /** Person Id */
            person_id?: string | null;
            /** @description `detail` in both languages */
            say?: components["schemas"]["Said"] | null;
            /**
             * Status
             * @enum {string}
             */
            status: "opened" | "unchanged" | "refused";
        };
        /** OpenedAccounts */
        OpenedAccounts: {
            /** Items */
            items: components["schemas"]["OpenedAccount"][];
        };
        /** PasswordLink */
        PasswordLink: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Password Url */
            password_url: string;
        };
        /** ProviderView */
        ProviderView: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Start Url */
            start_url: string;
        };
        /** Providers */
        Providers: {
            /** Items */
            items: components["schemas"]["ProviderView"][];
        };
        /** RefreshBody */
        RefreshBody: {
            /** Refresh Token */
            refresh_token: string;
        };
        /**
         * Role
         * @enum {string}
         */
        Role: "district_admin" | "district_leader" | "facilitator" | "observer" | "host_principal" | "teacher" | "analyst" | "coach";
        /** Said */
        Said: {
            /** En */
            en: string;
            /** Es */
            es: string;
        };
        /** SessionDistrict */
        SessionDistrict: {
            /**
             * District Id
             * Format: uuid
             */
            district_id: string;
            /** Name */
            name: string;
            /** Timezone */
            timezone: string;
        };
        /**
         * SignedIn
         * @description `access_token` and `refresh_token` come only to those who sent `Accept-Token: body`.
         */
        SignedIn: {
            /** Access Token */
            access_token?: string | null;
            district: components["schemas"]["SessionDistrict"];
            /** Email */
            email: string;
            /**
             * Expires In
             * @description seconds that the access token lives
             */
            expires_in?: number | null;
            /** Grants */
            grants: components["schemas"]["GrantBody"][];
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Refresh Token */
            refresh_token?: string | null;
        };
        /** ValidationError */
        ValidationError: {
            /** Context */
            ctx?: Record<string, never>;
            /** Input */
            input?: unknown;
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_accounts: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                /** @description part of a name or an address */
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    open_accounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccounts"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedAccounts"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    close_account: {
        parameters: {
            query?: {
                /** @description also forget the name and the e-mail address, for good */
                erase?: boolean;
            };
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    set_grants: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantsBody"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    issue_password_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                kind?: ("sign_in" | "sign_in_failed" | "sign_in_limited" | "sign_out" | "sign_out_everywhere" | "refresh_token_reused" | "password_link_issued" | "password_set" | "oidc_refused" | "account_created" | "account_deactivated" | "account_reactivated" | "account_erased" | "role_granted" | "role_revoked" | "district_registered" | "district_settings_changed") | null;
                person_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_district: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DistrictView"];
                };
            };
        };
    };
    change_district_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DistrictSettings"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DistrictView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    list_names: {
        parameters: {
            query: {
                id: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    finish_oidc: {
        parameters: {
            query?: {
                code?: string | null;
                state?: string | null;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_oidc: {
        parameters: {
            query?: {
                /** @description a path of ours */
                return_to?: string;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    set_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Providers"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    sign_in_with_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description `body`: tokens in the answer, no cookies (command line) */
                "Accept-Token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refresh_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
        };
    };
}
