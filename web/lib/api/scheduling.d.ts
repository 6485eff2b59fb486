/* Made by "npm run types" from scheduling.openapi.json; do not edit. */

export interface paths {
    "/availability/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get My Availability */
        get: operations["get_my_availability"];
        /**
         * Set My Availability
         * @description When I cannot come; it replaces what I typed before of these days.
         */
        put: operations["set_my_availability"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/availability/mine/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import My Availability
         * @description Free/busy out of my own calendar's file; nothing but the busy times is kept.
         */
        post: operations["import_my_availability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bells/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Letters
         * @description Which letter of its school's cycle each day is.
         */
        get: operations["list_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/board/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Board Events
         * @description `rounds` events: the rounds between the two days that changed, whole. The first comes at once and is empty:
         *     read the rounds then. The last event is `ended` (`expired`: sign in again, then reconnect).
         */
        get: operations["board_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Days
         * @description The marked days of the district, both ends included.
         */
        get: operations["list_days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/days/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark Day
         * @description Marks the day; tells which scheduled rounds it touches (they are not moved).
         */
        put: operations["mark_day"];
        post?: never;
        /** Clear Day */
        delete: operations["clear_day"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disruptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Disruption
         * @description Tells what happened; a repair with the least change is proposed, and nobody is told before it is
         *     published. A day lost to the whole district is marked in the calendar at once.
         */
        post: operations["report_disruption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fairness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fairness
         * @description Days out by person, role and school, and how many new colleagues each met.
         */
        get: operations["fairness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Feeds
         * @description The links that I made and that work; without the links themselves.
         */
        get: operations["list_feeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open My Feed
         * @description A link to my own rounds and meetings.
         */
        post: operations["open_my_feed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/networks/{network_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Network Feed
         * @description A link to the rounds at a network's schools; it names nobody.
         */
        post: operations["open_network_feed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/schools/{school_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open School Feed
         * @description A link to the rounds that a school hosts; it names nobody.
         */
        post: operations["open_school_feed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{feed_id}": {
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
         * Revoke Feed
         * @description The link stops to work at once.
         */
        delete: operations["revoke_feed"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{token}.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Feed
         * @description The calendar behind a link.
         */
        get: operations["read_feed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Hosts
         * @description Every school as planning sees it, by name.
         */
        get: operations["list_hosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Imports
         * @description The newest first.
         */
        get: operations["list_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Calendar
         * @description Days without school, early release, late starts, testing; first and last day make a term.
         */
        post: operations["import_calendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Roster
         * @description A OneRoster 1.1 or 1.2 zip. With `dry_run` nothing changes; a file with errors is refused whole (422,
         *     all problems listed); a full file that lacks more than a tenth of the known people is held.
         */
        post: operations["import_roster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Schools
         * @description A school directory, GeoJSON or CSV. Schools that it lacks stay, unless `full` says that it has all.
         */
        post: operations["import_schools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/stage/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Stage
         * @description A CSV of that kind: all rows that can be read, or nothing when the file has errors.
         */
        post: operations["import_stage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Import
         * @description The whole report. A held import is compared anew with what is known now.
         */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve Import
         * @description Applies a held import as it compares with what is known now.
         */
        post: operations["approve_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject Import
         * @description Throws a held import away, with everything that was kept of its file.
         */
        post: operations["reject_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Mail
         * @description The newest first.
         */
        get: operations["list_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail/{mail_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Mail */
        get: operations["get_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail/{mail_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Mail
         * @description Tries a mail again that could not be sent.
         */
        post: operations["retry_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Networks
         * @description By name, with their people.
         */
        get: operations["list_networks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/networks/{network_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Network
         * @description Adds the network under an id of the client's, or changes it.
         */
        put: operations["set_network"];
        post?: never;
        /** Remove Network */
        delete: operations["remove_network"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Observers
         * @description By family name: everybody who was entered, or who may sign in as observer or facilitator.
         */
        get: operations["list_observers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observers/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set Observer */
        put: operations["set_observer"];
        post?: never;
        /**
         * Remove Observer
         * @description Forgets what was entered; the roster's and the grants' word counts again.
         */
        delete: operations["remove_observer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observers/{person_id}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Availability
         * @description When the person cannot come; without reasons.
         */
        get: operations["get_availability"];
        /** Set Availability */
        put: operations["set_availability"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observers/{person_id}/availability/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Availability
         * @description Free/busy out of an iCalendar file; it replaces what an earlier one said.
         */
        post: operations["import_availability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dead Letters
         * @description The newest 200 that are still aside.
         */
        get: operations["list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/dead-letters/{source}/{log_seq}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Dead Letter
         * @description Reacts to it once more; it leaves the list when that works. Answers what is left.
         */
        post: operations["retry_dead_letter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Pairs */
        get: operations["list_pairs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairs/{pair_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Pair
         * @description Adds the pair under an id of the client's, or changes it.
         */
        put: operations["set_pair"];
        post?: never;
        /** Remove Pair */
        delete: operations["remove_pair"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List People
         * @description By family name.
         */
        get: operations["list_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Pins
         * @description Those that hold.
         */
        get: operations["list_pins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pins/{pin_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Pin
         * @description Holds a round on its day, or forbids a school's day, under an id of the client's.
         */
        put: operations["set_pin"];
        post?: never;
        /** Free Pin */
        delete: operations["free_pin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plans
         * @description The newest first: the actor's own proposals, and others' that were published.
         */
        get: operations["list_plans"];
        put?: never;
        /**
         * Ask For Plan
         * @description Asks for a plan; it is made in the background. Only the asker sees it until it is published.
         */
        post: operations["ask_for_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Plan */
        get: operations["get_plan"];
        put?: never;
        post?: never;
        /**
         * Discard Plan
         * @description Takes a proposal off the list. What was published of it stays.
         */
        delete: operations["discard_plan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Again
         * @description Asks again with the proposal's pins, a changed wish, or some rules given up. A what-if stands beside the
         *     proposal that it came from.
         */
        post: operations["ask_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Changes
         * @description The proposal against the plan of today, by day. The ETag is the schedule's version: send it as If-Match
         *     when publishing, so that nobody else's change is overwritten unseen.
         */
        get: operations["list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Plans
         * @description Two plans side by side, each as the year would be if it were published now: their costs, and every round
         *     that differs. Others' proposals are told only when they were published.
         */
        get: operations["compare_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/compare/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Days Out
         * @description Who is out on more days by one of two plans than by the other.
         */
        get: operations["compare_days_out"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan Events
         * @description `plan` events, each the whole of GET, whenever something changed; the last is `ended`, with the
         *     reason `done` or `expired` (sign in again, then reconnect).
         */
        get: operations["plan_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List People Told
         * @description Who would be told what if the proposal were published, as a whole or of some rounds, by name.
         */
        get: operations["list_people_told"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pin
         * @description Wants or forbids a day or a person in a round; counts when the plan is asked for again.
         */
        post: operations["pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish Plan
         * @description Makes the accepted changes the plan of everybody, after the independent checker; all of them or none.
         */
        post: operations["publish_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/rounds/{round_id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why This Day
         * @description Answered from the model, in sentences: the rules that forbid a day, or what it would cost more.
         */
        get: operations["why_this_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{proposal_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Plan
         * @description Ends the work soon, with the best plan so far as the proposal.
         */
        post: operations["stop_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Publications
         * @description What was published in this district, the newest first.
         */
        get: operations["list_publications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publications/{version}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo Publication
         * @description Gives every round of a publication its state of before, where nobody has changed it since.
         */
        post: operations["undo_publication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rounds
         * @description The rounds that the actor may see, by day: a leader all, others those that name them.
         */
        get: operations["list_rounds"];
        put?: never;
        /**
         * Schedule Round
         * @description Schedules a round; an impossible one is refused with every reason, each as a sentence.
         */
        post: operations["schedule_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Round */
        get: operations["get_round"];
        /**
         * Reschedule Round
         * @description Changes the whole plan; slots and teams that stay keep their ids.
         */
        put: operations["reschedule_round"];
        post?: never;
        /** Cancel Round */
        delete: operations["cancel_round"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move Round
         * @description Moves the round with its teams and times; where something forbids that, tells what, and changes nothing.
         */
        post: operations["move_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/slots/{slot_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Slot Code
         * @description A QR code (SVG) that opens the slot on an observer's tablet; it names nobody and opens nothing by itself.
         */
        get: operations["slot_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/visit-day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest Visit Day
         * @description A rotation over the bell schedule of that day, or the least change of the standing one. Nothing is changed:
         *     what is chosen goes to PUT /rounds/{id}.
         */
        get: operations["suggest_visit_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/visit-day/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Visit Day Proposals
         * @description The round's newest proposals.
         */
        get: operations["list_visit_day_proposals"];
        put?: never;
        /**
         * Ask For Visit Day
         * @description Asks for teams and rotation; they are worked out in the background, with an answer by hand at once.
         */
        post: operations["ask_for_visit_day"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/visit-day/repairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Trouble
         * @description Tells what happened on the day; the rest of it is mended with the least change, and nobody is told before
         *     that is published.
         */
        post: operations["report_trouble"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedule/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Moments
         * @description Every change of the schedule, the newest first.
         */
        get: operations["list_moments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedule/then": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schedule Then
         * @description The schedule as it stood at `at`, each round beside what became of it.
         */
        get: operations["schedule_then"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Schools
         * @description By name.
         */
        get: operations["list_schools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get School */
        get: operations["get_school"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/bells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Bells */
        get: operations["list_bells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/bells/{schedule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Bell Schedule
         * @description Adds the schedule under an id of the client's, or changes it.
         */
        put: operations["set_bell_schedule"];
        post?: never;
        /** Remove Bell Schedule */
        delete: operations["remove_bell_schedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/calendar/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List School Days
         * @description The days that are exceptional at this school alone; the district's count besides.
         */
        get: operations["list_school_days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/calendar/days/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark School Day */
        put: operations["mark_school_day"];
        post?: never;
        /** Clear School Day */
        delete: operations["clear_school_day"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/classrooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Classrooms */
        get: operations["list_classrooms"];
        put?: never;
        /** Add Classroom */
        post: operations["add_classroom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/classrooms/{classroom_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change Classroom */
        put: operations["change_classroom"];
        post?: never;
        /**
         * Remove Classroom
         * @description Takes the room off the list; slots that are planned in it stay as they were.
         */
        delete: operations["remove_classroom"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/cycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set Day Cycle */
        put: operations["set_day_cycle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/host": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Host */
        get: operations["get_host"];
        /** Set Host */
        put: operations["set_host"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/travel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Trips
         * @description The trips from and to the school that have minutes of their own, by the other school's name. A direction
         *     that is not told takes as long as the other; where neither is, the beeline counts.
         */
        get: operations["list_trips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stage/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sheets
         * @description The kinds of spreadsheets, with their columns.
         */
        get: operations["list_sheets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/substitutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Outings
         * @description Who is out of which school on which day; a principal sees the own school.
         */
        get: operations["list_outings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/substitutes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Substitutes Csv
         * @description The same as a spreadsheet: one line for each person and day.
         */
        get: operations["substitutes_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Terms
         * @description By their first day.
         */
        get: operations["list_terms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/terms/{term_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Term
         * @description Adds the term under an id of the client's, or changes it.
         */
        put: operations["set_term"];
        post?: never;
        /** Remove Term */
        delete: operations["remove_term"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/travel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Travel
         * @description How many trips have minutes of their own; the others are by the beeline.
         */
        get: operations["get_travel"];
        put?: never;
        post?: never;
        /**
         * Forget Travel
         * @description Takes all minutes back; coordinates count again.
         */
        delete: operations["forget_travel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/travel/{from_school}/{to_school}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell Trip */
        put: operations["tell_trip"];
        post?: never;
        /**
         * Forget Trip
         * @description Takes the minutes of one trip back.
         */
        delete: operations["forget_trip"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-days/{proposal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Visit Day Proposal */
        get: operations["get_visit_day_proposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-days/{proposal_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Visit Day
         * @description Makes it the round's visit day, after the independent checker; If-Match is the round's version.
         */
        post: operations["accept_visit_day"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-days/{proposal_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Visit Day Events
         * @description `day` events, each the whole of GET, while it is worked out; the last is `ended`.
         */
        get: operations["visit_day_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-days/{proposal_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Visit Day
         * @description Ends the work soon, with the best so far as the proposal.
         */
        post: operations["stop_visit_day"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-days/{proposal_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Visit Day Back
         * @description The visit day as it was before, where nobody has changed the round since.
         */
        post: operations["take_visit_day_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Visits
         * @description Where the actor is expected as observer or facilitator, with the slots of their team.
         */
        get: operations["my_visits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Accepted */
        Accepted: {
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** Round Version */
            round_version: number;
        };
        /** AffectedRound */
        AffectedRound: {
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
        };
        /**
         * AskAgain
         * @description `wish` None: the same wish. `relax`: keys of the relaxations to apply.
         */
        AskAgain: {
            /**
             * Relax
             * @default []
             */
            relax: string[];
            /**
             * What If
             * @default false
             */
            what_if: boolean;
            wish?: components["schemas"]["PlanWish"] | null;
        };
        /** Availability */
        Availability: {
            /** Spans */
            spans: components["schemas"]["BusySpan"][];
            /** Timezone */
            timezone: string;
        };
        /**
         * Away
         * @description Away from the first to the last day, both included; with times, from `starts` to `ends` on each of them
         *     (on the district's clocks).
         */
        Away: {
            /** Ends */
            ends?: string | null;
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Starts */
            starts?: string | null;
        };
        /**
         * AwayBody
         * @description All that is typed between the two days; it replaces what was typed of them before.
         */
        AwayBody: {
            /** Away */
            away: components["schemas"]["Away"][];
            /**
             * Since
             * Format: date
             */
            since: string;
            /**
             * Until
             * Format: date
             */
            until: string;
        };
        /** BellSchedule */
        BellSchedule: {
            /** Day Type */
            day_type: string;
            /** Name */
            name: string;
            /** Periods */
            periods: components["schemas"]["Period"][];
            /**
             * Schedule Id
             * Format: uuid
             */
            schedule_id: string;
        };
        /** BellScheduleBody */
        BellScheduleBody: {
            /**
             * Day Type
             * @description regular, early_release, late_start, testing, or a letter of the cycle
             */
            day_type: string;
            /** Name */
            name: string;
            /** Periods */
            periods: components["schemas"]["Period"][];
        };
        /** BoardPin */
        BoardPin: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Pin Id
             * Format: uuid
             */
            pin_id: string;
            /** Round Id */
            round_id: string | null;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
        };
        /** BoardPinList */
        BoardPinList: {
            /** Items */
            items: components["schemas"]["BoardPin"][];
        };
        /** BusySpan */
        BusySpan: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Source
             * @enum {string}
             */
            source: "screen" | "csv" | "calendar";
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /** CalendarDay */
        CalendarDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "no_school" | "early_release" | "late_start" | "testing" | "school_day" | "no_visits";
            /** @description the title in both languages, where it is one of ours */
            say?: components["schemas"]["Said"] | null;
            /** Title */
            title: string;
        };
        /** CalendarPage */
        CalendarPage: {
            /** Items */
            items: components["schemas"]["CalendarDay"][];
        };
        /** CalendarRead */
        CalendarRead: {
            /** Busy */
            busy: number;
            /** Problems */
            problems: components["schemas"]["Problem"][];
            /**
             * Since
             * Format: date
             */
            since: string;
            /**
             * Until
             * Format: date
             */
            until: string;
        };
        /**
         * ChangeOut
         * @description One round as it stands (`before`) and as the proposal has it (`after`).
         */
        ChangeOut: {
            /**
             * Affected
             * @description people who would be told
             */
            affected: number;
            after: components["schemas"]["Side"] | null;
            before: components["schemas"]["Side"] | null;
            /** Joins */
            joins: components["schemas"]["Someone"][];
            /**
             * Kind
             * @enum {string}
             */
            kind: "added" | "moved" | "restaffed" | "cancelled";
            /** Leaves */
            leaves: components["schemas"]["Someone"][];
            /** Region */
            region: string;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
        };
        /** ChangePage */
        ChangePage: {
            /**
             * Closed
             * @description rounds in the days of the plan that cannot be held where they stand
             */
            closed: components["schemas"]["ClosedOut"][];
            /**
             * Counts
             * @description all changes by kind
             */
            counts: {
                [key: string]: number;
            };
            /** Items */
            items: components["schemas"]["ChangeOut"][];
            /** Networks */
            networks: string[];
            /** Next */
            next: string | null;
            /**
             * Outdated
             * @description schools whose rounds others changed after the plan was asked for
             */
            outdated: string[];
            /**
             * People
             * @description people who would be told of all changes
             */
            people: number;
            /** Regions */
            regions: string[];
            /**
             * Total
             * @description changes that fit the filters
             */
            total: number;
            /** Unchanged */
            unchanged: number;
        };
        /** Checked */
        Checked: {
            /** Possible */
            possible: boolean;
            /** Problems */
            problems: components["schemas"]["FindingOut"][];
        };
        /**
         * Classroom
         * @description A room as others see it: no teacher.
         */
        Classroom: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /**
             * Free Periods
             * @default []
             */
            free_periods: string[];
            /** Grade Band */
            grade_band: string;
            /** Room */
            room: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** Subject */
            subject: string;
            /** Wing */
            wing?: string | null;
        };
        /** ClassroomBody */
        ClassroomBody: {
            /**
             * Free Periods
             * @description periods of the bells in which nothing is taught there
             * @default []
             */
            free_periods: string[];
            /** Grade Band */
            grade_band: string;
            /** Room */
            room: string;
            /** Subject */
            subject: string;
            /** Wing */
            wing?: string | null;
        };
        /** ClassroomPage */
        ClassroomPage: {
            /** Items */
            items: components["schemas"]["Classroom"][];
        };
        /**
         * ClosedOut
         * @description A round that stands on a day which was closed since, and which the proposal may not move: it is planned around,
         *     and to be moved by hand, by a repair, or by a plan of its school.
         */
        ClosedOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Kind
             * @description what closes it; `school`: a day of the school's own
             * @enum {string}
             */
            kind: "no_school" | "no_visits" | "testing" | "school" | "weekend";
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** @description the title in both languages, where it is one of ours */
            say?: components["schemas"]["Said"] | null;
            /** School Name */
            school_name: string;
            /**
             * Title
             * @description of the mark in the calendar
             */
            title: string;
        };
        /**
         * ComparedPlan
         * @description `cost` and `parts` are points, as they were told when the plan was made; see `Comparison.anew`.
         */
        ComparedPlan: {
            /**
             * Bound
             * @description no plan of its wish can cost less
             */
            bound: number | null;
            /** Cost */
            cost: number | null;
            /**
             * Gap
             * @description share by which a better plan could be cheaper, 0-1
             */
            gap: number | null;
            /** Kind */
            kind: string;
            /**
             * Most Days
             * @description days out of whoever is out most
             */
            most_days: number;
            /** Name */
            name: string;
            /**
             * Parts
             * @description points by reason
             */
            parts: {
                [key: string]: number;
            };
            /**
             * People
             * @description who are out on any of these days
             */
            people: number;
            /**
             * Proposal Id
             * @description none: the published plan
             */
            proposal_id: string | null;
            /**
             * Rounds
             * @description in the days that are compared
             */
            rounds: number;
            /** @description the name in both languages, where it is a repair's */
            say?: components["schemas"]["Said"] | null;
            wish: components["schemas"]["Wish"] | null;
        };
        /** Comparison */
        Comparison: {
            /**
             * Alike
             * @description rounds that both plans have so
             */
            alike: number;
            /**
             * Anew
             * @description the points of both were counted anew, for all rounds of these days by the first plan's wish, for the published plan has none of its own; what changing calendars costs is not among them
             */
            anew: boolean;
            /**
             * Counts
             * @description rounds that differ, by kind
             */
            counts: {
                [key: string]: number;
            };
            first: components["schemas"]["ComparedPlan"];
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /**
             * Items
             * @description rounds that differ, by day
             */
            items: components["schemas"]["RoundsCompared"][];
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /** Networks */
            networks: string[];
            /** Next */
            next: string | null;
            /** Regions */
            regions: string[];
            /**
             * Same Wish
             * @description whether the points of both count the same things
             */
            same_wish: boolean;
            second: components["schemas"]["ComparedPlan"];
            /**
             * Total
             * @description rounds that differ and fit the filters
             */
            total: number;
        };
        /** Counts */
        Counts: {
            /**
             * Added
             * @default 0
             */
            added: number;
            /**
             * Changed
             * @default 0
             */
            changed: number;
            /**
             * Deactivated
             * @default 0
             */
            deactivated: number;
            /**
             * Unchanged
             * @default 0
             */
            unchanged: number;
        };
        /**
         * CoverOn
         * @description How many of the school's people may be out on this one day.
         */
        CoverOn: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** People */
            people: number;
        };
        /** CycleBody */
        CycleBody: {
            /**
             * Letters
             * @description empty: every day is alike
             */
            letters: string[];
            /**
             * Starts On
             * @description the school day of the first letter
             */
            starts_on?: string | null;
        };
        /** DayBody */
        DayBody: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "no_school" | "early_release" | "late_start" | "testing" | "school_day" | "no_visits";
            /** Title */
            title: string;
        };
        /**
         * DayChangeOut
         * @description One visit that becomes another; a room None: none then.
         */
        DayChangeOut: {
            /** After */
            after: string | null;
            /** Before */
            before: string | null;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
            /** Team */
            team: string;
        };
        /** DayChanged */
        DayChanged: {
            /**
             * Affected Rounds
             * @description rounds that are scheduled on that day already
             */
            affected_rounds: components["schemas"]["AffectedRound"][];
            /**
             * Day
             * Format: date
             */
            day: string;
        };
        /** DayDebriefOut */
        DayDebriefOut: {
            /**
             * Ends At
             * Format: time
             */
            ends_at: string;
            /** Room */
            room: string;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
        };
        /**
         * DayLetters
         * @description Schools whose days have the same letters. A day without one is not told.
         */
        DayLetters: {
            /** Days */
            days: {
                [key: string]: string;
            };
            /** School Ids */
            school_ids: string[];
        };
        /** DayProgress */
        DayProgress: {
            /** Bound */
            bound?: number | null;
            /** Cost */
            cost?: number | null;
            /** Doing */
            doing?: string | null;
            /**
             * Gap
             * @description share by which a better day could be cheaper, 0-1
             */
            gap?: number | null;
            /**
             * Limit Seconds
             * @default 0
             */
            limit_seconds: number;
            /**
             * Seconds
             * @default 0
             */
            seconds: number;
            /**
             * Stopping
             * @default false
             */
            stopping: boolean;
        };
        /** DayProposalList */
        DayProposalList: {
            /** Items */
            items: components["schemas"]["DayProposalSummary"][];
        };
        /** DayProposalOut */
        DayProposalOut: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Bound */
            bound: number | null;
            /**
             * By
             * @description optimiser, or hand where that found nothing
             */
            by: string | null;
            /**
             * Changes
             * @description of a repair: the visits that change
             */
            changes: components["schemas"]["DayChangeOut"][];
            /** Cost */
            cost: number | null;
            /** @description the answer by hand, there at once */
            first: components["schemas"]["LayoutOut"] | null;
            /** Gap */
            gap: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "plan" | "repair";
            /** Notes */
            notes: string[];
            /**
             * Notes Said
             * @description the same in both languages; none of before there were two
             */
            notes_said: components["schemas"]["Said"][];
            /**
             * Notify
             * @description of a repair: whoever is told when it is published, and nobody else
             */
            notify: components["schemas"]["PersonOut"][];
            progress: components["schemas"]["DayProgress"];
            /**
             * Proposal Id
             * Format: uuid
             */
            proposal_id: string;
            proposed: components["schemas"]["LayoutOut"] | null;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** Round Version */
            round_version: number;
            /** Seconds */
            seconds: number;
            /**
             * Sentences
             * @description why there is no such day
             */
            sentences: string[];
            /**
             * Sentences Said
             * @description the same in both languages; none of before there were two
             */
            sentences_said: components["schemas"]["Said"][];
            standing: components["schemas"]["LayoutOut"];
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "proposed" | "impossible" | "accepted" | "taken_back";
            trouble: components["schemas"]["TroubleOut"] | null;
        };
        /** DayProposalSummary */
        DayProposalSummary: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "plan" | "repair";
            /**
             * Proposal Id
             * Format: uuid
             */
            proposal_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "proposed" | "impossible" | "accepted" | "taken_back";
        };
        /** DayTeamOut */
        DayTeamOut: {
            /** Name */
            name: string;
            /** Observers */
            observers: components["schemas"]["PersonOut"][];
            /** Timekeeper Id */
            timekeeper_id: string | null;
        };
        /**
         * DayVisitOut
         * @description `team` is the 0-based place in the list of teams.
         */
        DayVisitOut: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /**
             * Ends At
             * Format: time
             */
            ends_at: string;
            /** Period */
            period: string | null;
            /** Room */
            room: string;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
            /** Team */
            team: number;
        };
        /**
         * DayWish
         * @description What a leader asks for. `teams` None: as few as five people in a team allow; ignored with `keep_teams`.
         */
        DayWish: {
            /**
             * Debrief Minutes
             * @default 75
             */
            debrief_minutes: number;
            /** Debrief Room */
            debrief_room?: string | null;
            /**
             * Keep Teams
             * @default false
             */
            keep_teams: boolean;
            /**
             * Limit Seconds
             * @default 20
             */
            limit_seconds: number;
            /**
             * Start
             * Format: time
             * @description the first visit begins no earlier
             * @default 08:30:00
             */
            start: string;
            /** Teams */
            teams?: number | null;
            /**
             * Visits
             * @description visits of each team
             * @default 4
             */
            visits: number;
        };
        /**
         * DeadLetter
         * @description `error` is the kind of error; its words may tell of another district and stay in the service's own log.
         */
        DeadLetter: {
            /** Error */
            error: string;
            /** Log Seq */
            log_seq: number;
            /**
             * Put Aside At
             * Format: date-time
             */
            put_aside_at: string;
            /** Source */
            source: string;
            /** Type */
            type: string;
        };
        /** DeadLetters */
        DeadLetters: {
            /** Items */
            items: components["schemas"]["DeadLetter"][];
        };
        /** DebriefOut */
        DebriefOut: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Room */
            room: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * Diff
         * @description One school or person that is added, changed field by field, or deactivated.
         */
        Diff: {
            /**
             * Change
             * @enum {string}
             */
            change: "added" | "changed" | "deactivated";
            /**
             * Fields
             * @default []
             */
            fields: components["schemas"]["FieldDiff"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Label */
            label: string;
            /**
             * Object
             * @enum {string}
             */
            object: "school" | "person";
        };
        /** DiffInSpanish */
        DiffInSpanish: {
            /** After */
            after?: string | null;
            /** Before */
            before?: string | null;
            /** Label */
            label: string;
        };
        /**
         * DislikedDay
         * @description A day on which the school would rather not host; `steps` says how much, 1 to 3.
         */
        DislikedDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Steps
             * @default 1
             */
            steps: number;
        };
        /**
         * Disruption
         * @description `observer_out` names a person and days; `days_lost` days, and a school when only that one is closed;
         *     `school_out` a school that withdraws from all its rounds to come.
         */
        Disruption: {
            /**
             * Days
             * @default []
             */
            days: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "observer_out" | "days_lost" | "school_out";
            /** Person Id */
            person_id?: string | null;
            /**
             * Reason
             * @description of lost days and withdrawals; a person's is their own
             */
            reason?: ("weather" | "health" | "building" | "staffing" | "transport" | "event" | "other") | null;
            /** School Id */
            school_id?: string | null;
        };
        /**
         * DisruptionReported
         * @description First of a repair's `proposal-<id>`, before its PlanRequested.
         */
        DisruptionReported: {
            /** Classroom Id */
            classroom_id?: string | null;
            /** Days */
            days: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "observer_out" | "school_out" | "days_lost" | "teacher_out";
            /** Person Id */
            person_id?: string | null;
            /** Reason */
            reason?: string | null;
            /** School Id */
            school_id?: string | null;
        };
        /** FairGroup */
        FairGroup: {
            /** Days Out */
            days_out: number;
            /** Least */
            least: number;
            /** Mean */
            mean: number;
            /** Most */
            most: number;
            /** Name */
            name: string;
            /** People */
            people: number;
        };
        /** FairPerson */
        FairPerson: {
            /** Days Out */
            days_out: number;
            /** Home School */
            home_school: string | null;
            /**
             * Met
             * @description colleagues who were on the same rounds
             */
            met: number;
            /**
             * Met New
             * @description of these, met for the first time
             */
            met_new: number;
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Role */
            role: string;
            /** Schools Seen */
            schools_seen: number;
        };
        /**
         * Fairness
         * @description `people`: one page; the groups are of everybody.
         */
        Fairness: {
            /** By Role */
            by_role: components["schemas"]["FairGroup"][];
            /** By School */
            by_school: components["schemas"]["FairGroup"][];
            /** Next */
            next: string | null;
            /** People */
            people: components["schemas"]["FairPerson"][];
        };
        /** FeedBody */
        FeedBody: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "es";
        };
        /** FeedLink */
        FeedLink: {
            /**
             * Feed Id
             * Format: uuid
             */
            feed_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "personal" | "school" | "network";
            /**
             * Url
             * @description shown this once: whoever has it can read the feed, until it is revoked
             */
            url: string;
            /**
             * Webcal
             * @description the same for calendar programs that subscribe by webcal:
             */
            webcal: string;
        };
        /** FeedList */
        FeedList: {
            /** Items */
            items: components["schemas"]["FeedOut"][];
        };
        /** FeedOut */
        FeedOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Feed Id
             * Format: uuid
             */
            feed_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "personal" | "school" | "network";
            /** Language */
            language: string;
            /**
             * Name
             * @description of the school or network
             */
            name: string | null;
            /**
             * Read At
             * @description when a calendar last read it
             */
            read_at: string | null;
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
        };
        /** FieldDiff */
        FieldDiff: {
            /** After */
            after?: string | null;
            /** Before */
            before?: string | null;
            /** Field */
            field: string;
        };
        /** FileSummary */
        FileSummary: {
            /** Mode */
            mode: string;
            /** Name */
            name: string;
            /** Rows */
            rows: number;
            /**
             * Used
             * @description False: never opened, because nothing in it is needed
             */
            used: boolean;
        };
        /** FindingOut */
        FindingOut: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            es: components["schemas"]["services__scheduling__rounds__shown__InSpanish"];
            /** Mend */
            mend: string;
            /**
             * Refuses
             * @description false: advice, the plan can be kept
             */
            refuses: boolean;
            /**
             * Where
             * @description a path in the plan: teams/0/observer_ids/2
             */
            where: string;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** HostBody */
        HostBody: {
            /**
             * Cover On
             * @description single days with another limit
             * @default []
             */
            cover_on: components["schemas"]["CoverOn"][];
            /**
             * Cover Per Day
             * @description how many of its people may be out on one day; null: no limit
             */
            cover_per_day?: number | null;
            /**
             * Disliked
             * @description days on which it would rather not host; steps 1 to 3
             * @default []
             */
            disliked: components["schemas"]["DislikedDay"][];
            /**
             * Region
             * @description the district's own name for where the school lies
             */
            region?: string | null;
        };
        /** HostList */
        HostList: {
            /** Items */
            items: components["schemas"]["HostSummary"][];
        };
        /** HostSummary */
        HostSummary: {
            /** Bell Schedules */
            bell_schedules: number;
            /** Classrooms */
            classrooms: number;
            /** Cover Per Day */
            cover_per_day: number | null;
            /** Name */
            name: string;
            /** Networks */
            networks: string[];
            /** Region */
            region: string | null;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * Trips
             * @description schools to which the minutes are told; others by the beeline
             */
            trips: number;
        };
        /** ImportPage */
        ImportPage: {
            /** Items */
            items: components["schemas"]["ImportSummary"][];
            /** Next */
            next?: string | null;
        };
        /** ImportReport */
        ImportReport: {
            /**
             * Added
             * @default 0
             */
            added: number;
            /**
             * Applicable
             * @description False: the file has errors and cannot be imported
             */
            applicable: boolean;
            /**
             * Changed
             * @default 0
             */
            changed: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Deactivated
             * @default 0
             */
            deactivated: number;
            /** Decided At */
            decided_at?: string | null;
            /**
             * Diffs
             * @description the first 500
             * @default []
             */
            diffs: components["schemas"]["Diff"][];
            /**
             * Diffs Total
             * @default 0
             */
            diffs_total: number;
            /**
             * Districts
             * @description school files: districts in it, with their schools
             * @default {}
             */
            districts: {
                [key: string]: number;
            };
            /** File Name */
            file_name: string;
            /**
             * Files
             * @default []
             */
            files: components["schemas"]["FileSummary"][];
            /** Held Because */
            held_because?: string | null;
            /** @description `held_because` in both languages */
            held_say?: components["schemas"]["Said"] | null;
            /**
             * Import Id
             * @description None for a dry run, which leaves nothing behind
             */
            import_id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "roster" | "schools";
            /**
             * @default {
             *       "added": 0,
             *       "changed": 0,
             *       "deactivated": 0,
             *       "unchanged": 0
             *     }
             */
            people: components["schemas"]["Counts"];
            /**
             * Problem Counts
             * @description how many of each `file:code` there are
             * @default {}
             */
            problem_counts: {
                [key: string]: number;
            };
            /**
             * Problems
             * @description errors first; the first of each kind
             * @default []
             */
            problems: components["schemas"]["Problem"][];
            /**
             * Problems Total
             * @default 0
             */
            problems_total: number;
            /**
             * @default {
             *       "added": 0,
             *       "changed": 0,
             *       "deactivated": 0,
             *       "unchanged": 0
             *     }
             */
            schools: components["schemas"]["Counts"];
            /** Sha256 */
            sha256: string;
            /**
             * Status
             * @enum {string}
             */
            status: "dry_run" | "applied" | "held" | "rejected";
            /**
             * Terms
             * @default []
             */
            terms: components["schemas"]["Term"][];
            /**
             * Unchanged
             * @default 0
             */
            unchanged: number;
        };
        /** ImportSummary */
        ImportSummary: {
            /**
             * Added
             * @default 0
             */
            added: number;
            /**
             * Applicable
             * @description False: the file has errors and cannot be imported
             */
            applicable: boolean;
            /**
             * Changed
             * @default 0
             */
            changed: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Deactivated
             * @default 0
             */
            deactivated: number;
            /** Decided At */
            decided_at?: string | null;
            /** File Name */
            file_name: string;
            /** Held Because */
            held_because?: string | null;
            /** @description `held_because` in both languages */
            held_say?: components["schemas"]["Said"] | null;
            /**
             * Import Id
             * @description None for a dry run, which leaves nothing behind
             */
            import_id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "roster" | "schools";
            /**
             * @default {
             *       "added": 0,
             *       "changed": 0,
             *       "deactivated": 0,
             *       "unchanged": 0
             *     }
             */
            people: components["schemas"]["Counts"];
            /**
             * Problems Total
             * @default 0
             */
            problems_total: number;
            /**
             * @default {
             *       "added": 0,
             *       "changed": 0,
             *       "deactivated": 0,
             *       "unchanged": 0
             *     }
             */
            schools: components["schemas"]["Counts"];
            /** Sha256 */
            sha256: string;
            /**
             * Status
             * @enum {string}
             */
            status: "dry_run" | "applied" | "held" | "rejected";
            /**
             * Unchanged
             * @default 0
             */
            unchanged: number;
        };
        /** LayoutOut */
        LayoutOut: {
            debrief: components["schemas"]["DayDebriefOut"] | null;
            /**
             * Measures
             * @description visits, rooms, idle, walks, met_again, same_school, ...: counts
             */
            measures: {
                [key: string]: number;
            };
            /** Teams */
            teams: components["schemas"]["DayTeamOut"][];
            /** Visits */
            visits: components["schemas"]["DayVisitOut"][];
        };
        /** LettersOut */
        LettersOut: {
            /**
             * Items
             * @description schools without a cycle are in none
             */
            items: components["schemas"]["DayLetters"][];
        };
        /** MailOut */
        MailOut: {
            /**
             * About
             * Format: uuid
             * @description the round that it is about; of a coaching meeting the mail itself
             */
            about: string;
            /** Attempts */
            attempts: number;
            /** Body */
            body: string;
            /**
             * Calendar
             * @description the iCalendar that goes along
             */
            calendar: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Error */
            error: string | null;
            /**
             * Kind
             * @description invitation, update, cancellation, reminder, ...
             */
            kind: string;
            /**
             * Mail Id
             * Format: uuid
             */
            mail_id: string;
            /** Method */
            method: string | null;
            /** Name */
            name: string;
            /**
             * Person Id
             * @description null for mail of coaching cycles: who meets whom is told to nobody
             */
            person_id: string | null;
            /**
             * State
             * @description kept: no mail server is set, it is read here; dead: it could not be sent
             * @enum {string}
             */
            state: "waiting" | "sent" | "kept" | "replaced" | "dead";
            /** Subject */
            subject: string;
        };
        /** MailPage */
        MailPage: {
            /**
             * Counts
             * @description mails of each state
             */
            counts: {
                [key: string]: number;
            };
            /** Items */
            items: components["schemas"]["MailSummary"][];
            /** Next */
            next?: string | null;
        };
        /** MailSummary */
        MailSummary: {
            /**
             * About
             * Format: uuid
             * @description the round that it is about; of a coaching meeting the mail itself
             */
            about: string;
            /** Attempts */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Error */
            error: string | null;
            /**
             * Kind
             * @description invitation, update, cancellation, reminder, ...
             */
            kind: string;
            /**
             * Mail Id
             * Format: uuid
             */
            mail_id: string;
            /** Name */
            name: string;
            /**
             * Person Id
             * @description null for mail of coaching cycles: who meets whom is told to nobody
             */
            person_id: string | null;
            /**
             * State
             * @description kept: no mail server is set, it is read here; dead: it could not be sent
             * @enum {string}
             */
            state: "waiting" | "sent" | "kept" | "replaced" | "dead";
            /** Subject */
            subject: string;
        };
        /** Minutes */
        Minutes: {
            /** Minutes */
            minutes: number;
        };
        /**
         * Moment
         * @description Something that changed the schedule. `publication`: the version that it was part of.
         */
        Moment: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Day */
            day: string | null;
            /** Publication */
            publication: number | null;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** School Name */
            school_name: string;
            /**
             * What
             * @description planned, replanned or cancelled
             */
            what: string;
        };
        /** MomentPage */
        MomentPage: {
            /** Items */
            items: components["schemas"]["Moment"][];
            /** Next */
            next: string | null;
        };
        /** MoveBody */
        MoveBody: {
            /**
             * Day
             * Format: date
             */
            day: string;
        };
        /** MoveProblem */
        MoveProblem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            es: components["schemas"]["services__scheduling__rounds__shown__InSpanish"];
            /** Mend */
            mend: string;
            /** Refuses */
            refuses: boolean;
        };
        /** Moved */
        Moved: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Moved */
            moved: boolean;
            /**
             * Nearest
             * @description the nearest day that nothing forbids, when this one is forbidden
             */
            nearest: string | null;
            /** Nearest Words */
            nearest_words: string | null;
            /** Possible */
            possible: boolean;
            /** Problems */
            problems: components["schemas"]["MoveProblem"][];
            /** Version */
            version: number;
        };
        /** Network */
        Network: {
            /** Name */
            name: string;
            /**
             * Network Id
             * Format: uuid
             */
            network_id: string;
            /** People */
            people: components["schemas"]["NetworkPerson"][];
            /** School Ids */
            school_ids: string[];
        };
        /** NetworkBody */
        NetworkBody: {
            /** Name */
            name: string;
            /**
             * Person Ids
             * @default []
             */
            person_ids: string[];
            /**
             * School Ids
             * @default []
             */
            school_ids: string[];
        };
        /** NetworkList */
        NetworkList: {
            /** Items */
            items: components["schemas"]["Network"][];
        };
        /** NetworkPerson */
        NetworkPerson: {
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /** ObserverBody */
        ObserverBody: {
            /**
             * Facilitates
             * @default false
             */
            facilitates: boolean;
            /**
             * Home School Id
             * @description null: the schools of the roster alone
             */
            home_school_id?: string | null;
            /**
             * Max Month
             * @description days out in a month; null: no cap
             */
            max_month?: number | null;
            /**
             * Max Term
             * @description days out in a term; null: no cap
             */
            max_term?: number | null;
            /**
             * Observes
             * @default true
             */
            observes: boolean;
            /**
             * Role
             * @enum {string}
             */
            role: "teacher" | "principal" | "coach" | "central" | "partner";
            /**
             * Trainings
             * @default []
             */
            trainings: components["schemas"]["Training"][];
        };
        /** ObserverPage */
        ObserverPage: {
            /** Items */
            items: components["schemas"]["ObserverSummary"][];
            /** Next */
            next?: string | null;
        };
        /** ObserverSummary */
        ObserverSummary: {
            /** Busy Spans */
            busy_spans: number;
            /** Facilitates */
            facilitates: boolean;
            /** Home School Id */
            home_school_id: string | null;
            /** Max Month */
            max_month: number | null;
            /** Max Term */
            max_term: number | null;
            /** Name */
            name: string;
            /** Networks */
            networks: string[];
            /** Observes */
            observes: boolean;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Planned Role
             * @description in which planning counts the person: the entered one, else the roster's
             * @enum {string}
             */
            planned_role: "teacher" | "principal" | "coach" | "central" | "partner";
            /**
             * Role
             * @description null: nothing was entered; the roster's and the grants' word counts
             */
            role: ("teacher" | "principal" | "coach" | "central" | "partner") | null;
            /** Trainings */
            trainings: components["schemas"]["Training"][];
        };
        /**
         * OtherDay
         * @description `added`: points more than the plan's day; None where rules forbid it.
         */
        OtherDay: {
            /** Added */
            added: number | null;
            /** Allowed */
            allowed: boolean;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Parts */
            parts: {
                [key: string]: number;
            };
            /** Reasons */
            reasons: components["schemas"]["Said"][];
            say: components["schemas"]["Said"];
            /** Sentence */
            sentence: string;
        };
        /**
         * Outing
         * @description One person, out of one school for one day. Times are on the district's clocks; none: the whole day.
         */
        Outing: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Ends */
            ends: string | null;
            /** Home School */
            home_school: string | null;
            /** Host School */
            host_school: string | null;
            /**
             * Part
             * @description observer or facilitator
             */
            part: string;
            /** Person */
            person: string;
            /** Starts */
            starts: string | null;
        };
        /** OutingPage */
        OutingPage: {
            /** Items */
            items: components["schemas"]["Outing"][];
            /** Next */
            next: string | null;
        };
        /** Pair */
        Pair: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "together" | "apart";
            /** Name A */
            name_a: string;
            /** Name B */
            name_b: string;
            /**
             * Pair Id
             * Format: uuid
             */
            pair_id: string;
            /**
             * Person A
             * Format: uuid
             */
            person_a: string;
            /**
             * Person B
             * Format: uuid
             */
            person_b: string;
        };
        /** PairBody */
        PairBody: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "together" | "apart";
            /**
             * Person A
             * Format: uuid
             */
            person_a: string;
            /**
             * Person B
             * Format: uuid
             */
            person_b: string;
        };
        /** PairList */
        PairList: {
            /** Items */
            items: components["schemas"]["Pair"][];
        };
        /** PeopleCompared */
        PeopleCompared: {
            /**
             * Elsewhere
             * @description people who are out as often, on other days
             */
            elsewhere: number;
            /**
             * Items
             * @description whose number of days out differs, the most different first
             */
            items: components["schemas"]["PersonCompared"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** PeoplePage */
        PeoplePage: {
            /** Items */
            items: components["schemas"]["PersonTold"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /**
         * Period
         * @description A span on the district's clocks; the bell that ends it is not in it.
         */
        Period: {
            /**
             * Ends
             * Format: time
             */
            ends: string;
            /**
             * Kind
             * @default class
             * @enum {string}
             */
            kind: "class" | "lunch" | "break";
            /** Name */
            name: string;
            /**
             * Starts
             * Format: time
             */
            starts: string;
        };
        /**
         * Person
         * @description An adult of the roster. `roles` are the roster's; what somebody may do is granted by hand.
         */
        Person: {
            /** Active */
            active: boolean;
            /** Email */
            email: string | null;
            /** Family Name */
            family_name: string;
            /** Given Name */
            given_name: string;
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Roles */
            roles: string[];
            /** School Ids */
            school_ids: string[];
        };
        /** PersonCompared */
        PersonCompared: {
            /**
             * First
             * @description days out in the first plan
             */
            first: number;
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Second */
            second: number;
        };
        /** PersonOut */
        PersonOut: {
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /** PersonPage */
        PersonPage: {
            /** Items */
            items: components["schemas"]["Person"][];
            /** Next */
            next?: string | null;
        };
        /** PersonTold */
        PersonTold: {
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Told */
            told: components["schemas"]["Told"][];
        };
        /**
         * Pin
         * @description `forbid` false: this day or person is wanted in the round; true: never. `round_id` None: in any round.
         */
        Pin: {
            /** Day */
            day?: string | null;
            /** Forbid */
            forbid: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "day" | "person" | "facilitator";
            /** Person Id */
            person_id?: string | null;
            /** Round Id */
            round_id?: string | null;
            /** School Id */
            school_id?: string | null;
        };
        /**
         * PinBody
         * @description With `round_id` the round stays on the day that it has; otherwise the school hosts none on `day`.
         */
        PinBody: {
            /** Day */
            day?: string | null;
            /** Round Id */
            round_id?: string | null;
            /** School Id */
            school_id?: string | null;
        };
        /**
         * Plan
         * @description What a leader asks for: one round, whole.
         */
        Plan: {
            /**
             * Day
             * Format: date
             */
            day: string;
            debrief?: components["schemas"]["PlannedDebrief"] | null;
            /**
             * Facilitator Id
             * Format: uuid
             */
            facilitator_id: string;
            /**
             * Instrument
             * @default instructional-core
             */
            instrument: string;
            /**
             * Instrument Version
             * @default 2
             */
            instrument_version: number;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * Slots
             * @default []
             */
            slots: components["schemas"]["PlannedSlot"][];
            /**
             * Teams
             * @default []
             */
            teams: components["schemas"]["PlannedTeam"][];
        };
        /**
         * PlanWish
         * @description What a leader asks for. `school_ids` empty: every school of the district.
         */
        PlanWish: {
            /**
             * Colleagues Points
             * @description points for two people who are together on a round once more
             * @default 1
             */
            colleagues_points: number;
            /**
             * Exchange Points
             * @description points for a round to which nobody comes from another region
             * @default 10
             */
            exchange_points: number;
            /**
             * Facilitator Most
             * @description rounds that one facilitator leads, at most
             * @default 5
             */
            facilitator_most: number;
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /**
             * Gap Weeks
             * @description weeks between two rounds of one school, at least
             * @default 6
             */
            gap_weeks: number;
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /**
             * Limit Seconds
             * @default 60
             */
            limit_seconds: number;
            /** Name */
            name: string;
            /**
             * Observer Most
             * @description days out of one observer, at most
             * @default 4
             */
            observer_most: number;
            /**
             * Observer Most Month
             * @default 2
             */
            observer_most_month: number;
            /**
             * Pace Points
             * @description points for a round by which a week is ahead of an even pace or behind it
             * @default 5
             */
            pace_points: number;
            /**
             * Rounds Per Day
             * @default 4
             */
            rounds_per_day: number;
            /**
             * Rounds Per School
             * @default 1
             */
            rounds_per_school: number;
            /**
             * School Ids
             * @default []
             */
            school_ids: string[];
            /**
             * Seats Max
             * @default 16
             */
            seats_max: number;
            /**
             * Seats Min
             * @default 8
             */
            seats_min: number;
            /**
             * Seats Target
             * @default 12
             */
            seats_target: number;
            /**
             * Seed
             * @default 1
             */
            seed: number;
        };
        /**
         * PlannedDebrief
         * @description Where and when the round is talked over; times are on the district's clocks.
         */
        PlannedDebrief: {
            /**
             * Ends At
             * Format: time
             */
            ends_at: string;
            /** Room */
            room: string;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
        };
        /**
         * PlannedSlot
         * @description `team` is the 0-based place in the plan's list of teams. Times are on the district's clocks.
         */
        PlannedSlot: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /**
             * Ends At
             * Format: time
             */
            ends_at: string;
            /** Period */
            period?: string | null;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
            /** Team */
            team: number;
        };
        /** PlannedTeam */
        PlannedTeam: {
            /** Name */
            name: string;
            /** Observer Ids */
            observer_ids: string[];
            /** Timekeeper Id */
            timekeeper_id?: string | null;
        };
        /**
         * Problem
         * @description `line` is the line of the file (1 = header) where the row starts. `value` says what kind of value
         *     stands there ("empty", "a date that could be read two ways"), never the value of a personal field.
         */
        Problem: {
            /** Code */
            code: string;
            /** Column */
            column?: string | null;
            /** Detail */
            detail: string;
            es?: components["schemas"]["shared__tabular__problems__InSpanish"] | null;
            /** File */
            file: string;
            /** Line */
            line?: number | null;
            /** Mend */
            mend: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "error" | "warning" | "note";
            /** Value */
            value?: string | null;
        };
        /**
         * Progress
         * @description The job while it runs. `doing` is a word for what is being improved; costs are points.
         */
        Progress: {
            /**
             * Attempt
             * @default 1
             */
            attempt: number;
            /**
             * Bound
             * @description no plan can cost less
             */
            bound?: number | null;
            /**
             * Calendar Stale
             * @description the calendar was changed since the plan was asked for
             * @default false
             */
            calendar_stale: boolean;
            /** Cost */
            cost?: number | null;
            /**
             * Detail
             * @default
             */
            detail: string;
            /** Doing */
            doing?: string | null;
            /**
             * Gap
             * @description share by which a better plan could be cheaper, 0-1
             */
            gap?: number | null;
            /**
             * Limit Seconds
             * @default 0
             */
            limit_seconds: number;
            /** @description the detail in both languages, where it is words and no name */
            say?: components["schemas"]["Said"] | null;
            /**
             * Seconds
             * @description worked so far, over all attempts
             * @default 0
             */
            seconds: number;
            /**
             * Stopping
             * @default false
             */
            stopping: boolean;
        };
        /** ProposalOut */
        ProposalOut: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Bound */
            bound?: number | null;
            /**
             * Calendar Stale
             * @default false
             */
            calendar_stale: boolean;
            /**
             * Children
             * @default []
             */
            children: string[];
            /**
             * Closed
             * @description rounds that it may not move and goes around, when it cannot be done
             * @default []
             */
            closed: components["schemas"]["ClosedOut"][];
            /** Cost */
            cost: number | null;
            disruption?: components["schemas"]["DisruptionReported"] | null;
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /** Gap */
            gap: number | null;
            /** Kind */
            kind: string;
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /** Mine */
            mine: boolean;
            /** Name */
            name: string;
            /**
             * Note
             * @description how the work ended, in English
             */
            note?: string | null;
            /**
             * Note Code
             * @description the same in one word, where it is of a known kind
             */
            note_code?: string | null;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Parts
             * @description points by reason
             * @default {}
             */
            parts: {
                [key: string]: number;
            };
            /**
             * Pin Days
             * @description on which days the rounds of pins are in this plan
             * @default {}
             */
            pin_days: {
                [key: string]: string;
            };
            /**
             * Pin Names
             * @description names of the people whom pins name
             * @default {}
             */
            pin_names: {
                [key: string]: string;
            };
            /** Pins */
            pins: components["schemas"]["Pin"][];
            progress: components["schemas"]["Progress"];
            /**
             * Proposal Id
             * Format: uuid
             */
            proposal_id: string;
            /**
             * Published Version
             * @description the newest publication of it that stands
             */
            published_version: number | null;
            /**
             * Relaxations
             * @default []
             */
            relaxations: components["schemas"]["RelaxationOut"][];
            /** Relaxed */
            relaxed: components["schemas"]["RelaxationOut"][];
            /** Rounds */
            rounds: number;
            /**
             * Rules
             * @description what collides, when it cannot be done
             * @default []
             */
            rules: string[];
            /**
             * Rules Said
             * @description the same in both languages; none of before there were two
             * @default []
             */
            rules_said: components["schemas"]["Said"][];
            /** @description the name in both languages, where it is a repair's */
            say?: components["schemas"]["Said"] | null;
            /**
             * Seconds
             * @default 0
             */
            seconds: number;
            /** Status */
            status: string;
            /**
             * Stopped
             * @default false
             */
            stopped: boolean;
            /**
             * Undone Version
             * @description the publication of it that was undone last
             */
            undone_version: number | null;
            /** Version */
            version: number;
            wish: components["schemas"]["Wish"];
        };
        /** ProposalPage */
        ProposalPage: {
            /** Items */
            items: components["schemas"]["ProposalSummary"][];
            /** Next */
            next: string | null;
        };
        /** ProposalSummary */
        ProposalSummary: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Cost */
            cost: number | null;
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /** Gap */
            gap: number | null;
            /** Kind */
            kind: string;
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /** Mine */
            mine: boolean;
            /** Name */
            name: string;
            /**
             * Proposal Id
             * Format: uuid
             */
            proposal_id: string;
            /**
             * Published Version
             * @description the newest publication of it that stands
             */
            published_version: number | null;
            /** Rounds */
            rounds: number;
            /** @description the name in both languages, where it is a repair's */
            say?: components["schemas"]["Said"] | null;
            /** Status */
            status: string;
            /**
             * Undone Version
             * @description the publication of it that was undone last
             */
            undone_version: number | null;
        };
        /** PublicationOut */
        PublicationOut: {
            /** By */
            by: string;
            /** Changes */
            changes: number;
            /** Kind */
            kind: string;
            /** Name */
            name: string;
            /** People */
            people: number;
            /**
             * Proposal Id
             * Format: uuid
             */
            proposal_id: string;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /** @description the name in both languages, where it is a repair's */
            say?: components["schemas"]["Said"] | null;
            /** Schedule Version */
            schedule_version: number;
            /** Taken Back */
            taken_back: boolean;
            /** Undone */
            undone: number | null;
            /** Version */
            version: number;
        };
        /** PublicationPage */
        PublicationPage: {
            /** Items */
            items: components["schemas"]["PublicationOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * PublishBody
         * @description `round_ids` None: everything.
         */
        PublishBody: {
            /** Round Ids */
            round_ids?: string[] | null;
        };
        /** Published */
        Published: {
            /** Changes */
            changes: number;
            /** People */
            people: number;
            /** Schedule Version */
            schedule_version: number;
            /** Version */
            version: number;
        };
        /** RelaxationOut */
        RelaxationOut: {
            /** Change */
            change: string;
            /** Key */
            key: string;
            /** @description the sentence in both languages; none of before there were two */
            say: components["schemas"]["Said"] | null;
            /** Sentence */
            sentence: string;
        };
        /** RoundOut */
        RoundOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            debrief: components["schemas"]["DebriefOut"] | null;
            facilitator: components["schemas"]["PersonOut"];
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /**
             * Problems
             * @description advice on the plan that was kept
             * @default []
             */
            problems: components["schemas"]["FindingOut"][];
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
            /** Slots */
            slots: components["schemas"]["SlotOut"][];
            /** Status */
            status: string;
            /** Teams */
            teams: components["schemas"]["TeamOut"][];
            /** Timezone */
            timezone: string;
            /** Version */
            version: number;
        };
        /** RoundPage */
        RoundPage: {
            /** Items */
            items: components["schemas"]["RoundSummary"][];
            /** Next */
            next: string | null;
        };
        /** RoundSummary */
        RoundSummary: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Facilitator Id
             * Format: uuid
             */
            facilitator_id: string;
            /** Facilitator Name */
            facilitator_name: string;
            /** Observers */
            observers: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
            /** Slots */
            slots: number;
            /** Status */
            status: string;
            /** Teams */
            teams: number;
            /** Version */
            version: number;
        };
        /**
         * RoundThen
         * @description A round as it was planned at the moment asked for, and what became of it.
         */
        RoundThen: {
            /**
             * Became
             * @description held, standing, moved, restaffed or cancelled
             */
            became: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Day Now */
            day_now: string | null;
            /** Facilitator */
            facilitator: string;
            /**
             * Kept
             * @description of the people planned then, those who are in it now
             */
            kept: number;
            /** Observers */
            observers: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
        };
        /**
         * RoundsCompared
         * @description One round as the first plan has it and as the second has it.
         */
        RoundsCompared: {
            first: components["schemas"]["Side"] | null;
            /**
             * Kind
             * @description added: in the second plan alone; cancelled: in the first alone
             * @enum {string}
             */
            kind: "added" | "moved" | "restaffed" | "cancelled";
            /** Only First */
            only_first: components["schemas"]["Someone"][];
            /** Only Second */
            only_second: components["schemas"]["Someone"][];
            /** Region */
            region: string;
            /**
             * Round Id
             * Format: uuid
             * @description in the first plan; in the second where the first has no such round
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
            second: components["schemas"]["Side"] | null;
        };
        /** Said */
        Said: {
            /** En */
            en: string;
            /** Es */
            es: string;
        };
        /**
         * School
         * @description `grade_low` and `grade_high`: PK, KG, 1 to 12. Degrees of latitude north and longitude east.
         */
        School: {
            /** Active */
            active: boolean;
            /** Grade High */
            grade_high: string | null;
            /** Grade Low */
            grade_low: string | null;
            /** Latitude */
            latitude: number | null;
            /** Longitude */
            longitude: number | null;
            /** Name */
            name: string;
            /** Nces Id */
            nces_id: string | null;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
        };
        /** SchoolBells */
        SchoolBells: {
            cycle: components["schemas"]["CycleBody"];
            /** Schedules */
            schedules: components["schemas"]["BellSchedule"][];
        };
        /** SchoolPage */
        SchoolPage: {
            /** Items */
            items: components["schemas"]["School"][];
            /** Next */
            next?: string | null;
        };
        /** SchoolTerm */
        SchoolTerm: {
            /**
             * Ends On
             * Format: date
             */
            ends_on: string;
            /** Name */
            name: string;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            /**
             * Term Id
             * Format: uuid
             */
            term_id: string;
        };
        /** SheetColumns */
        SheetColumns: {
            /** Columns */
            columns: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "observers" | "availability" | "bells" | "classrooms" | "hosts" | "travel" | "networks";
            /** Required */
            required: string[];
        };
        /** SheetList */
        SheetList: {
            /** Items */
            items: components["schemas"]["SheetColumns"][];
        };
        /** Side */
        Side: {
            /**
             * Day
             * Format: date
             */
            day: string;
            facilitator: components["schemas"]["Someone"] | null;
            /** Observers */
            observers: number;
        };
        /** SlotOut */
        SlotOut: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Grade Band */
            grade_band: string;
            /** Period */
            period: string | null;
            /** Room */
            room: string;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /** Subject */
            subject: string;
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
        };
        /**
         * SlotWished
         * @description As PUT /rounds/{id} takes it.
         */
        SlotWished: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /**
             * Ends At
             * Format: time
             */
            ends_at: string;
            /** Period */
            period: string | null;
            /**
             * Starts At
             * Format: time
             */
            starts_at: string;
            /** Team */
            team: number;
        };
        /** Someone */
        Someone: {
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /** StageDiff */
        StageDiff: {
            /** After */
            after?: string | null;
            /** Before */
            before?: string | null;
            /**
             * Change
             * @enum {string}
             */
            change: "added" | "changed" | "removed";
            /** @description the same in Spanish */
            es: components["schemas"]["DiffInSpanish"];
            /** Label */
            label: string;
        };
        /** StageReport */
        StageReport: {
            /**
             * Added
             * @default 0
             */
            added: number;
            /**
             * Applicable
             * @description False: the file has errors and cannot be imported
             */
            applicable: boolean;
            /**
             * Changed
             * @default 0
             */
            changed: number;
            /**
             * Diffs
             * @description the first 500
             * @default []
             */
            diffs: components["schemas"]["StageDiff"][];
            /**
             * Diffs Total
             * @default 0
             */
            diffs_total: number;
            /** File Name */
            file_name: string;
            /** Kind */
            kind: string;
            /**
             * Problem Counts
             * @default {}
             */
            problem_counts: {
                [key: string]: number;
            };
            /**
             * Problems
             * @default []
             */
            problems: components["schemas"]["Problem"][];
            /**
             * Problems Total
             * @default 0
             */
            problems_total: number;
            /**
             * Removed
             * @default 0
             */
            removed: number;
            /** Sha256 */
            sha256: string;
            /**
             * Status
             * @enum {string}
             */
            status: "dry_run" | "applied";
            /**
             * Unchanged
             * @default 0
             */
            unchanged: number;
        };
        /** TeamOut */
        TeamOut: {
            /** Name */
            name: string;
            /** Observers */
            observers: components["schemas"]["PersonOut"][];
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
            /** Timekeeper Id */
            timekeeper_id: string | null;
        };
        /** Term */
        Term: {
            /**
             * Ends On
             * Format: date
             */
            ends_on: string;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            /** Title */
            title: string;
        };
        /** TermBody */
        TermBody: {
            /**
             * Ends On
             * Format: date
             */
            ends_on: string;
            /** Name */
            name: string;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
        };
        /** TermList */
        TermList: {
            /** Items */
            items: components["schemas"]["SchoolTerm"][];
        };
        /** Then */
        Then: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Counts
             * @description rounds by what became of them
             */
            counts: {
                [key: string]: number;
            };
            /**
             * Later
             * @description rounds that were added afterwards
             */
            later: number;
            /** Rounds */
            rounds: components["schemas"]["RoundThen"][];
        };
        /**
         * Told
         * @description One thing that changes for one person. `what`: joins, hosts, leaves, moves, or cancelled.
         */
        Told: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** School Name */
            school_name: string;
            /** Was */
            was?: string | null;
            /**
             * What
             * @enum {string}
             */
            what: "joins" | "hosts" | "leaves" | "moves" | "cancelled";
        };
        /**
         * Training
         * @description Trained for a protocol. Both days are valid; None: without end, or from ever.
         */
        Training: {
            /** Protocol */
            protocol: string;
            /** Valid From */
            valid_from?: string | null;
            /** Valid Until */
            valid_until?: string | null;
        };
        /** TravelSummary */
        TravelSummary: {
            /** Trips */
            trips: number;
        };
        /** TripList */
        TripList: {
            /** Items */
            items: components["schemas"]["TripOut"][];
        };
        /** TripOut */
        TripOut: {
            /** From Name */
            from_name: string;
            /**
             * From School
             * Format: uuid
             */
            from_school: string;
            /** Minutes */
            minutes: number;
            /** To Name */
            to_name: string;
            /**
             * To School
             * Format: uuid
             */
            to_school: string;
        };
        /**
         * Trouble
         * @description What happened on the day. `teacher_absent` and `room_taken` name classrooms, `observer_missing` people. A
         *     teacher who is absent is so in all of their classrooms, for the rest of the day.
         */
        Trouble: {
            /**
             * Classroom Ids
             * @default []
             */
            classroom_ids: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "teacher_absent" | "room_taken" | "observer_missing";
            /**
             * Person Ids
             * @default []
             */
            person_ids: string[];
            /**
             * Since
             * Format: time
             * @description visits that began before stay as they were
             */
            since: string;
            /**
             * Until
             * @description with room_taken: when it is free again
             */
            until?: string | null;
        };
        /** TroubleOut */
        TroubleOut: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "teacher_absent" | "room_taken" | "observer_missing";
            /** People */
            people: components["schemas"]["PersonOut"][];
            /** Rooms */
            rooms: string[];
            /**
             * Since
             * Format: time
             */
            since: string;
            /** Until */
            until: string | null;
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
        /** Visit */
        Visit: {
            /**
             * Day
             * Format: date
             */
            day: string;
            debrief: components["schemas"]["DebriefOut"] | null;
            /**
             * My Part
             * @description observer or facilitator
             */
            my_part: string;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** School Name */
            school_name: string;
            /** Slots */
            slots: components["schemas"]["SlotOut"][];
            /** Team */
            team: string | null;
            /** Timezone */
            timezone: string;
        };
        /** VisitDaySuggested */
        VisitDaySuggested: {
            /**
             * Bell
             * @description the bell schedule that was kept
             */
            bell: string | null;
            /** Debrief From */
            debrief_from: string | null;
            /** Debrief Until */
            debrief_until: string | null;
            /**
             * Missing
             * @description what could not be placed, in sentences
             */
            missing: string[];
            /**
             * Moved
             * @description visits that had to move, when rooms fell out
             */
            moved: number;
            /** Slots */
            slots: components["schemas"]["SlotWished"][];
        };
        /** VisitPage */
        VisitPage: {
            /** Items */
            items: components["schemas"]["Visit"][];
        };
        /**
         * WhyOut
         * @description `sentences` tell all but `others`; `forbidden`, `allowed` and `near` are what they tell of days.
         */
        WhyOut: {
            /**
             * Allowed
             * @description other days that remain
             */
            allowed: number;
            /** Day */
            day: string | null;
            /**
             * Forbidden
             * @description days that each rule takes away
             */
            forbidden: {
                [key: string]: number;
            };
            /**
             * Near
             * @description the school's rounds outside of the plan that some days are too near
             */
            near: string[];
            /** Others */
            others: components["schemas"]["OtherDay"][];
            /**
             * People
             * @description what speaks against the people of before
             */
            people: components["schemas"]["Said"][];
            /** Sentences */
            sentences: components["schemas"]["Said"][];
        };
        /**
         * Wish
         * @description What a leader asked for: every school of `school_ids` hosts `rounds_per_school` rounds between two days.
         */
        Wish: {
            /** Facilitator Most */
            facilitator_most: number;
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /** Gap Days */
            gap_days: number;
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /** Limit Seconds */
            limit_seconds: number;
            /** Name */
            name: string;
            /** Observer Most */
            observer_most: number;
            /** Observer Most Month */
            observer_most_month: number;
            /** Rounds Per Day */
            rounds_per_day: number;
            /** Rounds Per School */
            rounds_per_school: number;
            /** School Ids */
            school_ids: string[];
            /** Seats Max */
            seats_max: number;
            /** Seats Min */
            seats_min: number;
            /** Seats Target */
            seats_target: number;
            /**
             * Seed
             * @default 1
             */
            seed: number;
            /** Weights */
            weights?: {
                [key: string]: number;
            };
        };
        /**
         * InSpanish
         * @description The same in Spanish.
         */
        services__scheduling__rounds__shown__InSpanish: {
            /** Detail */
            detail: string;
            /**
             * Lang
             * @default es
             * @constant
             */
            lang: "es";
            /** Mend */
            mend: string;
        };
        /**
         * InSpanish
         * @description The same words in Spanish; a page lays them over the English ones.
         */
        shared__tabular__problems__InSpanish: {
            /** Detail */
            detail: string;
            /**
             * Lang
             * @default es
             * @constant
             */
            lang: "es";
            /** Mend */
            mend: string;
            /** Value */
            value?: string | null;
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
    get_my_availability: {
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
                    "application/json": components["schemas"]["Availability"];
                };
            };
        };
    };
    set_my_availability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AwayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availability"];
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
    import_my_availability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarRead"];
                };
            };
        };
    };
    list_letters: {
        parameters: {
            query: {
                from: string;
                /** @description at most 400 days later are told */
                to: string;
                /** @description this school alone */
                school_id?: string | null;
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
                    "application/json": components["schemas"]["LettersOut"];
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
    board_events: {
        parameters: {
            query: {
                from: string;
                to: string;
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
                    "text/event-stream": string;
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
    list_days: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
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
                    "application/json": components["schemas"]["CalendarPage"];
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
    mark_day: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayChanged"];
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
    clear_day: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                day: string;
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
    report_disruption: {
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
                "application/json": components["schemas"]["Disruption"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"];
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
    fairness: {
        parameters: {
            query: {
                from: string;
                to: string;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Fairness"];
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
    list_feeds: {
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
                    "application/json": components["schemas"]["FeedList"];
                };
            };
        };
    };
    open_my_feed: {
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
                "application/json": components["schemas"]["FeedBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedLink"];
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
    open_network_feed: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                network_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedLink"];
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
    open_school_feed: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedLink"];
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
    revoke_feed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                feed_id: string;
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
    read_feed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
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
                    "text/calendar": unknown;
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
    list_hosts: {
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
                    "application/json": components["schemas"]["HostList"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["ImportPage"];
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
    import_calendar: {
        parameters: {
            query?: {
                dry_run?: boolean;
                /** @description the file is the whole year: marked days of its span that it lacks are cleared */
                full?: boolean;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageReport"];
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
    import_roster: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
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
    import_schools: {
        parameters: {
            query?: {
                dry_run?: boolean;
                /** @description name or code of one district out of a state's file */
                district?: string | null;
                /** @description the file lists all schools: those that it lacks have closed */
                full?: boolean;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
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
    import_stage: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                kind: "observers" | "availability" | "bells" | "classrooms" | "hosts" | "travel" | "networks";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageReport"];
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
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
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
                    "application/json": components["schemas"]["ImportReport"];
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
    approve_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                import_id: string;
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
                    "application/json": components["schemas"]["ImportReport"];
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
    reject_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                import_id: string;
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
                    "application/json": components["schemas"]["ImportReport"];
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
    list_mail: {
        parameters: {
            query?: {
                state?: ("waiting" | "sent" | "kept" | "replaced" | "dead") | null;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["MailPage"];
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
    get_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: string;
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
                    "application/json": components["schemas"]["MailOut"];
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
    retry_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: string;
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
    list_networks: {
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
                    "application/json": components["schemas"]["NetworkList"];
                };
            };
        };
    };
    set_network: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                network_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetworkBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
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
    remove_network: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                network_id: string;
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
    list_observers: {
        parameters: {
            query?: {
                search?: string | null;
                network_id?: string | null;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["ObserverPage"];
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
    set_observer: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObserverBody"];
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
    remove_observer: {
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
    get_availability: {
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
                    "application/json": components["schemas"]["Availability"];
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
    set_availability: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AwayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availability"];
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
    import_availability: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarRead"];
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
    list_dead_letters: {
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
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
        };
    };
    retry_dead_letter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: string;
                log_seq: number;
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
                    "application/json": components["schemas"]["DeadLetters"];
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
    list_pairs: {
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
                    "application/json": components["schemas"]["PairList"];
                };
            };
        };
    };
    set_pair: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                pair_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairBody"];
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
    remove_pair: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                pair_id: string;
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
    list_people: {
        parameters: {
            query?: {
                role?: string | null;
                school_id?: string | null;
                /** @description part of a name or address */
                q?: string | null;
                active?: boolean;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["PersonPage"];
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
    list_pins: {
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
                    "application/json": components["schemas"]["BoardPinList"];
                };
            };
        };
    };
    set_pin: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                pin_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardPin"];
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
    free_pin: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                pin_id: string;
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
    list_plans: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["ProposalPage"];
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
    ask_for_plan: {
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
                "application/json": components["schemas"]["PlanWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"];
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
    get_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["ProposalOut"];
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
    discard_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
    ask_again: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskAgain"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"];
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
    list_changes: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                kind?: ("added" | "moved" | "restaffed" | "cancelled") | null;
                /** @description part of the school's name */
                school?: string | null;
                region?: string | null;
                network?: string | null;
                /** @description part of the name of who leads, comes or goes */
                person?: string | null;
            };
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["ChangePage"];
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
    compare_plans: {
        parameters: {
            query?: {
                /** @description another proposal; none: the published plan */
                other?: string | null;
                after?: string | null;
                limit?: number;
                kind?: ("added" | "moved" | "restaffed" | "cancelled") | null;
                /** @description part of the school's name */
                school?: string | null;
                region?: string | null;
                network?: string | null;
                /** @description part of the name of who leads, comes or goes */
                person?: string | null;
            };
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["Comparison"];
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
    compare_days_out: {
        parameters: {
            query?: {
                /** @description another proposal; none: the published plan */
                other?: string | null;
                /** @description part of the name of who leads, comes or goes */
                person?: string | null;
                after?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["PeopleCompared"];
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
    plan_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "text/event-stream": string;
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
    list_people_told: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                /** @description these alone */
                round_id?: string[] | null;
            };
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["PeoplePage"];
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
    pin: {
        parameters: {
            query?: {
                /** @description true: takes the pin away */
                free?: boolean;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pin"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"];
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
    publish_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Published"];
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
    why_this_day: {
        parameters: {
            query?: {
                /** @description why not on this day? none: why on the plan's own */
                day?: string | null;
            };
            header?: never;
            path: {
                proposal_id: string;
                round_id: string;
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
                    "application/json": components["schemas"]["WhyOut"];
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
    stop_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["ProposalOut"];
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
    list_publications: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["PublicationPage"];
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
    undo_publication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                version: number;
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
                    "application/json": components["schemas"]["Published"];
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
    list_rounds: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["RoundPage"];
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
    schedule_round: {
        parameters: {
            query?: {
                /** @description true: only tell what is wrong with the plan */
                check?: boolean;
                /** @description with check: the round that this plan changes */
                round_id?: string | null;
            };
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description only checked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOut"] | components["schemas"]["Checked"];
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
    get_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["RoundOut"];
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
    reschedule_round: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOut"];
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
    cancel_round: {
        parameters: {
            query?: {
                reason?: string | null;
            };
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                round_id: string;
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
    move_round: {
        parameters: {
            query?: {
                /** @description true: only tell what would forbid it */
                check?: boolean;
            };
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
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
    slot_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
                slot_id: string;
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
    suggest_visit_day: {
        parameters: {
            query?: {
                /** @description the first visit begins no earlier */
                start?: string;
                /** @description visits of each team */
                visits?: number;
                /** @description classrooms that fall out: only visits to them move */
                closed?: string[];
                /** @description with closed: the room falls out from this time on */
                since?: string | null;
            };
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["VisitDaySuggested"];
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
    list_visit_day_proposals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["DayProposalList"];
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
    ask_for_visit_day: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DayWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayProposalOut"];
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
    report_trouble: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Trouble"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayProposalOut"];
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
    list_moments: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["MomentPage"];
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
    schedule_then: {
        parameters: {
            query: {
                /** @description a moment, with its offset from UTC */
                at: string;
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
                    "application/json": components["schemas"]["Then"];
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
    list_schools: {
        parameters: {
            query?: {
                active?: boolean;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["SchoolPage"];
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
    get_school: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["School"];
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
    list_bells: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["SchoolBells"];
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
    set_bell_schedule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                schedule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BellScheduleBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolBells"];
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
    remove_bell_schedule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                schedule_id: string;
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
    list_school_days: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
            };
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["CalendarPage"];
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
    mark_school_day: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                day: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayChanged"];
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
    clear_school_day: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                day: string;
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
    list_classrooms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["ClassroomPage"];
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
    add_classroom: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassroomBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Classroom"];
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
    change_classroom: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassroomBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Classroom"];
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
    remove_classroom: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
                classroom_id: string;
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
    set_day_cycle: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CycleBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolBells"];
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
    get_host: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["HostBody"];
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
    set_host: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostBody"];
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
    list_trips: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                school_id: string;
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
                    "application/json": components["schemas"]["TripList"];
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
    list_sheets: {
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
                    "application/json": components["schemas"]["SheetList"];
                };
            };
        };
    };
    list_outings: {
        parameters: {
            query: {
                from: string;
                to: string;
                school_id?: string | null;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["OutingPage"];
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
    substitutes_csv: {
        parameters: {
            query: {
                from: string;
                to: string;
                school_id?: string | null;
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
                    "text/csv": unknown;
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
    list_terms: {
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
                    "application/json": components["schemas"]["TermList"];
                };
            };
        };
    };
    set_term: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                term_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TermBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolTerm"];
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
    remove_term: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                term_id: string;
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
    get_travel: {
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
                    "application/json": components["schemas"]["TravelSummary"];
                };
            };
        };
    };
    forget_travel: {
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
    tell_trip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                from_school: string;
                to_school: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Minutes"];
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
    forget_trip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                from_school: string;
                to_school: string;
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
    get_visit_day_proposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["DayProposalOut"];
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
    accept_visit_day: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["Accepted"];
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
    visit_day_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "text/event-stream": string;
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
    stop_visit_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["DayProposalOut"];
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
    take_visit_day_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                proposal_id: string;
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
                    "application/json": components["schemas"]["Accepted"];
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
    my_visits: {
        parameters: {
            query?: {
                from?: string | null;
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
                    "application/json": components["schemas"]["VisitPage"];
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
}
