/* Made by "npm run types" from rounds.openapi.json; do not edit. */

export interface paths {
    "/capture/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Batch
         * @description Takes what a device has written: one receipt per item, in order. Items that are refused do not
         *     hold up the others. Sending the same again is always safe. Notes of a coaching cycle are anybody's to send
         *     who is in it; notes of a classroom are an observer's, and refused one by one from anybody else.
         */
        post: operations["post_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/capture/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Day
         * @description My visits in one document: slots, problem of practice, the pinned instrument, my notes so far.
         */
        get: operations["get_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/capture/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Report Device
         * @description The device says how it fares; the answer is the secret that opens the person's queue on it.
         */
        put: operations["report_device"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/capture/ledger/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Ledger
         * @description What the server holds of the device's items under the signed-in user.
         */
        get: operations["get_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coaching-progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Progress
         * @description How coaching goes in the district, as of Monday.
         */
        get: operations["get_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Cycles
         * @description The cycles that I am in, the ones under way first.
         */
        get: operations["list_cycles"];
        put?: never;
        /**
         * Begin Cycle
         * @description Begins to gather a cycle on the newest version of a protocol; the version is the cycle's for ever.
         */
        post: operations["begin_cycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Cycle
         * @description One of my cycles, with what I may open of it.
         */
        get: operations["get_cycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Agreement
         * @description Goals, norms and bounds, whole; everybody signs the newest revision before the first stage.
         */
        put: operations["write_agreement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/artefacts/{artefact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Artefact
         * @description Writes a note, new or changed, whole. A draft may leave things out; what is `ready` may not. Sending the
         *     same again changes nothing: `artefact_id` is the writer's to make.
         */
        put: operations["write_artefact"];
        post?: never;
        /**
         * Remove Artefact
         * @description Its author takes it out; nobody reads it from then on.
         */
        delete: operations["remove_artefact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/artefacts/{artefact_id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Versions
         * @description Two versions side by side, field by field, with what was taken out and put in.
         */
        get: operations["compare_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/artefacts/{artefact_id}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agree To Publish
         * @description I agree that the district reads this version; it does once everybody in the cycle has agreed.
         */
        put: operations["agree_to_publish"];
        post?: never;
        /** Take Back Publication */
        delete: operations["take_back_publication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/artefacts/{artefact_id}/readers/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Share
         * @description Its author shows it to one colleague of the directory.
         */
        put: operations["share"];
        post?: never;
        /**
         * Stop Sharing
         * @description Takes it back at once; the colleague may give it back as well.
         */
        delete: operations["stop_sharing"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/artefacts/{artefact_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Versions */
        get: operations["list_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Counts
         * @description Two notes that hold counts, skill by skill, with the intervals.
         */
        get: operations["compare_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/commitments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Cycle Commitments
         * @description Mine in this cycle, and those that its people show.
         */
        get: operations["list_cycle_commitments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cycle Events
         * @description `seen` events: numbers that grow when the cycle or its meetings change, and nothing else of them. The last
         *     event is `ended`: `done` (the reader is no longer in it), or `expired` (sign in again, then reconnect).
         */
        get: operations["cycle_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Cycle
         * @description What I may read of the cycle, to keep.
         */
        get: operations["export_cycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish */
        post: operations["finish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite
         * @description Asks somebody of the directory. Who began the cycle asks, and nobody else learns of it but by a yes.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/invitations/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take Back */
        delete: operations["take_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave
         * @description Withdraws, at any time. What the protocol's policy erases is gone when this answers.
         */
        post: operations["leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/meetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Meetings */
        get: operations["list_meetings"];
        put?: never;
        /**
         * Arrange
         * @description Turns a cadence into meetings that fit everybody's calendar, school days alone. Everybody is invited.
         */
        post: operations["arrange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/meetings/{meeting_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Move */
        put: operations["move"];
        post?: never;
        /** Call Off */
        delete: operations["call_off"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/meetings/{meeting_id}/times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Offer Times
         * @description The next times that suit all from the meeting's week on, for moving it by one tap.
         */
        get: operations["offer_times"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign */
        post: operations["sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cycles/{cycle_id}/stages/{stage}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Cycle Stage
         * @description Opens a stage, when the protocol allows it from here; else the refusal says what is missing.
         */
        post: operations["open_cycle_stage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Follow Ups
         * @description The checks that are due within three weeks, or overdue.
         */
        get: operations["list_follow_ups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Mappings
         * @description The forms whose exports can be imported.
         */
        get: operations["list_mappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/mappings/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mapping Template
         * @description A mapping (YAML) to begin with: every look-for of a published instrument under its own words.
         */
        get: operations["mapping_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Observation Imports
         * @description The newest first.
         */
        get: operations["list_observation_imports"];
        put?: never;
        /**
         * Import Observations
         * @description Takes the file in, whole or not at all; teachers' names and all addresses are dropped on the way.
         *
         *     The form is one that is shipped (`instrument`), or told by a file `mapping` (YAML) beside it.
         */
        post: operations["import_observations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/observations/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Observation Import
         * @description The whole report, as it was told then.
         */
        get: operations["get_observation_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Instruments */
        get: operations["list_instruments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/xlsform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Xlsform
         * @description An XLSForm (.xlsx or .xls) as a draft. An invalid one is refused, each problem by sheet, row and column;
         *     what a draft cannot carry is listed.
         */
        post: operations["import_xlsform"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{key}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Instrument Draft */
        get: operations["get_instrument_draft"];
        /**
         * Save Instrument Draft
         * @description Keeps the whole draft, finished or not; `lacks` says what it still needs.
         */
        put: operations["save_instrument_draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{key}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish Instrument
         * @description Makes the next version of the draft. It never changes: a mistake is mended in the version after it.
         *     Rounds that pinned an earlier version keep it.
         */
        post: operations["publish_instrument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{key}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Instrument
         * @description One version of an instrument. It never changes, so it may be kept for ever.
         */
        get: operations["get_instrument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{key}/{version}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Instrument As Draft
         * @description A version as the beginning of a draft.
         */
        get: operations["instrument_as_draft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{key}/{version}/xlsform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Xlsform
         * @description The version as an XLSForm, for ODK and its kin, and to be brought back.
         */
        get: operations["export_xlsform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Invitations
         * @description Open invitations to me.
         */
        get: operations["list_invitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{cycle_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer
         * @description Accepts or declines; the one who asked is told, nobody else.
         */
        post: operations["answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Calendar */
        get: operations["get_calendar"];
        /**
         * Bring Calendar
         * @description Takes the busy times out of an iCalendar file, for the year ahead. Titles, places and guests are not kept.
         */
        put: operations["bring_calendar"];
        post?: never;
        /** Forget Calendar */
        delete: operations["forget_calendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-coaching/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Coaching Events
         * @description `marks` events: which of my lists (cycles, invitations, meetings, what is shown to me) is another than it
         *     was, and nothing else of them. The last event is `ended`: `expired` (sign in again, then reconnect).
         */
        get: operations["my_coaching_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-commitments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List My Commitments */
        get: operations["list_my_commitments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-commitments/{commitment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Commit
         * @description Makes a commitment in a cycle; the id is the writer's to make, sending it again changes nothing.
         */
        put: operations["commit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-commitments/{commitment_id}/looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look Again
         * @description Was it kept?
         */
        post: operations["look_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-meetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List My Meetings
         * @description What is not over yet, the next first.
         */
        get: operations["list_my_meetings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-meetings/{meeting_id}/reminder": {
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
         * Drop Reminder
         * @description Puts the reminder in the app aside, for the reader alone and for this time of the meeting.
         */
        delete: operations["drop_reminder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my-notes/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search
         * @description Searches what I may read of my cycles. Nothing of it is indexed: it is opened and looked through. The words
         *     come in the body, for addresses are logged.
         */
        post: operations["search"];
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
    "/operations/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Devices
         * @description The devices of the district's observers, the last seen first: never what was written on them.
         */
        get: operations["list_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-protocols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Own
         * @description The district's own protocols, drafts included.
         */
        get: operations["list_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-protocols/{key}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep Draft
         * @description Keeps the text as the draft of the next version; it may still have errors.
         */
        put: operations["keep_draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/own-protocols/{key}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish
         * @description Publishes the text as the next version. Cycles that run stay on theirs.
         */
        post: operations["publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Partners
         * @description Everybody who offered themselves, those who fit first, with the reason.
         */
        get: operations["list_partners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partners/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get My Profile */
        get: operations["get_my_profile"];
        /**
         * Offer Myself
         * @description Joins the directory, or changes what I offer.
         */
        put: operations["offer_myself"];
        post?: never;
        /**
         * Leave Directory
         * @description Leaves at once; nothing of the profile is kept.
         */
        delete: operations["leave_directory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocol-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Text
         * @description Reads a text without keeping it: what a preview shows.
         */
        post: operations["check_text"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocol-edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Edit Text
         * @description The text with changes in it, as a form makes them, and how it reads then. Nothing is kept.
         */
        post: operations["edit_text"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocol-schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Schema
         * @description The JSON schema of protocol documents, for an author's editor.
         */
        get: operations["get_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Protocols
         * @description The newest version of each protocol that the district may run.
         */
        get: operations["list_protocols"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocols/{key}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Text
         * @description The document itself: a shipped one, the district's draft, or its newest published version.
         */
        get: operations["get_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/protocols/{key}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Protocol
         * @description One published version. It never changes.
         */
        get: operations["get_protocol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/published-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reports
         * @description Reports that teams published for the district.
         */
        get: operations["list_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/published-reports/{artefact_id}": {
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
         * Take Back Report
         * @description Whoever agreed to publish it takes that back, at any time, whether they have left the team or not. A version
         *     that somebody who had left took back is published no more.
         */
        delete: operations["take_back_report"];
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
         * @description The rounds that the actor may see, newest day first: a leader all, others those that name them
         *     or their school.
         */
        get: operations["list_rounds"];
        put?: never;
        post?: never;
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge
         * @description An observer read the norms and went through the training.
         */
        post: operations["acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Board */
        get: operations["get_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/board/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Board Events
         * @description `moves` events, each a list in the server's order with the board's version as id; `again` when the page
         *     must read the board anew, `debrief` when stage, screening or patterns are beyond what the page shows. The last
         *     event is `ended`: `closed` or `expired` (sign in again, then reconnect).
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
    "/rounds/{round_id}/board/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Moves
         * @description Takes a page's moves, one receipt each. Sending the same again is always safe: a move counts once.
         */
        post: operations["post_moves"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/board/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Suggestions */
        get: operations["get_suggestions"];
        put?: never;
        /**
         * Ask For Suggestions
         * @description Looks for statements that resemble each other, in a process beside this one; the words stay on this
         *     machine. Nothing is moved: the team takes a suggestion, or leaves it.
         */
        post: operations["ask_for_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close Synthesis
         * @description Closes the synthesis: from now on the evidence is no longer shown to the facilitator. Sets the day on which
         *     the next level of work is looked at again.
         */
        post: operations["close_synthesis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/debrief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Debrief
         * @description Where the debrief stands, for its facilitator and its observers.
         */
        get: operations["get_debrief"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/earlier-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Earlier Answers
         * @description Answers that were given before the round's form changed, with the forms as they were worded then, to whom
         *     the evidence is open: own ones always, the team's and the round's as the stage allows.
         */
        get: operations["list_earlier_answers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Evidence
         * @description Own notes always; the team's and the round's as the stage allows, without their writers.
         */
        get: operations["list_evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/evidence/{statement_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Statement History
         * @description Every version of a statement, for who may read it; a withdrawn one's for its writer.
         */
        get: operations["get_statement_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/evidence/{statement_id}/words": {
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
         * Erase Statement Words
         * @description Erases the words of a withdrawn statement of one's own, for good: its key is destroyed. Counts stay.
         */
        delete: operations["erase_statement_words"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/follow-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Follow Up
         * @description How the next level of work stands. What shows it, in words, is read by those who may report.
         */
        get: operations["get_follow_up"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/follow-up/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Follow Up Day
         * @description Moves the check, or after one was held sets a further one.
         */
        put: operations["set_follow_up_day"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/follow-up/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report On Commitments
         * @description What became of commitments: by who owns them, or by the principal or facilitator for any.
         */
        post: operations["report_on_commitments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/next-level-of-work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Commit Next Level Of Work
         * @description What, who, by when, with which resources, and what revisits it.
         */
        put: operations["commit_next_level_of_work"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/norms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Norms
         * @description The facilitator's norms, whole; each change is acknowledged anew.
         */
        put: operations["set_norms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/patterns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Name Pattern
         * @description Names a pattern: at least 2 statements, from at least 2 rooms.
         */
        post: operations["name_pattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/patterns/{pattern_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Pattern
         * @description Changes the whole pattern.
         */
        put: operations["change_pattern"];
        post?: never;
        /** Drop Pattern */
        delete: operations["drop_pattern"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/predictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write Predictions */
        put: operations["write_predictions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/preparation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Preparation
         * @description The norms, and whether they were read and acknowledged; who has not is the facilitator's to see.
         */
        get: operations["get_preparation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/problem-of-practice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Problem Of Practice
         * @description The host's problem of practice, theory of action and 1-5 focus questions, whole; until the visit.
         */
        put: operations["write_problem_of_practice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/protocol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Round Protocol
         * @description The document that the round walks: its stages with their prompts, its norms.
         */
        get: operations["get_round_protocol"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release Round
         * @description Releases the patterns to the school as a frozen snapshot; a later release takes up corrections of the
         *     figures, as far as their difference tells of nobody.
         */
        post: operations["release_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/screening/{statement_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Screen Statement
         * @description Admits a statement as evidence, or challenges it ("red dot"): anyone whose part acts in the stage may.
         */
        put: operations["screen_statement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/stages/{stage}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Stage
         * @description Opens a stage: forward one at a time, when what it needs is there; back until the synthesis closes.
         */
        post: operations["open_stage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/synthesis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Synthesis
         * @description The released words: problem of practice, patterns, predictions, next level of work. The school and the
         *     facilitator also read the statements behind a pattern, without writer, room or time.
         */
        get: operations["get_synthesis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Voices
         * @description Who has taken part so far, for the facilitator alone: everyone's voice belongs in the patterns.
         */
        get: operations["get_voices"];
        put?: never;
        /**
         * Hear Voice
         * @description Notes that this person spoke at the table.
         */
        post: operations["hear_voice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shown-to-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Shown
         * @description What colleagues show me of theirs, as long as they do.
         */
        get: operations["list_shown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Trainings
         * @description The trainings that can be recorded: those that the district's protocols name.
         */
        get: operations["list_trainings"];
        put?: never;
        /**
         * Record
         * @description Records that these people took a training.
         */
        post: operations["record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trainings/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List My Trainings */
        get: operations["list_my_trainings"];
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
        /** AcknowledgementIn */
        AcknowledgementIn: {
            /**
             * Revision
             * @description of the norms that were read
             */
            revision: number;
            /** Trained */
            trained: boolean;
        };
        /**
         * AgreementBody
         * @description `norms`: the protocol's by place, as they are kept or left out, and own words.
         */
        AgreementBody: {
            /**
             * Confidentiality
             * @description beyond what the product keeps anyway
             * @default
             */
            confidentiality: string;
            /** Goals */
            goals: components["schemas"]["Goal"][];
            /**
             * Norms
             * @description places of the protocol's norms, from 0
             * @default []
             */
            norms: number[];
            /**
             * Out Of Bounds
             * @default
             */
            out_of_bounds: string;
            /**
             * Own Norms
             * @default []
             */
            own_norms: string[];
        };
        /** AgreementIn */
        AgreementIn: {
            /**
             * Base Revision
             * @default 0
             */
            base_revision: number;
            body: components["schemas"]["AgreementBody"];
        };
        /** AgreementOut */
        AgreementOut: {
            /**
             * Body
             * @description None when its words were erased
             */
            body: {
                [key: string]: unknown;
            } | null;
            /**
             * By
             * Format: uuid
             */
            by: string;
            /** Revision */
            revision: number;
        };
        /**
         * AmendItem
         * @description The statement `of` (its client_id), whole and new, made on top of revision `base_revision`.
         */
        AmendItem: {
            /** Base Revision */
            base_revision: number;
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Core Element
             * @enum {string}
             */
            core_element: "teacher" | "student" | "content" | "task";
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /**
             * Focus Question Ids
             * @default []
             */
            focus_question_ids: string[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "amend";
            /**
             * Look For Ids
             * @default []
             */
            look_for_ids: string[];
            /** Minute */
            minute: number;
            /**
             * Nudge
             * @description what the writer did about words marked as judging
             * @default null
             */
            nudge: ("kept" | "reworded") | null;
            /**
             * Of
             * Format: uuid
             */
            of: string;
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /**
             * Why
             * @default null
             */
            why: ("clearer_words" | "not_what_was_seen" | "names_a_person" | "wrong_place" | "said_twice" | "other") | null;
            /** Words */
            words: string;
        };
        /** AnswerIn */
        AnswerIn: {
            /** Accept */
            accept: boolean;
        };
        /** Answered */
        Answered: {
            /** Item */
            item: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "answered";
        };
        /**
         * Artefact
         * @description Something that people write in a stage.
         */
        Artefact: {
            /** @description what it is for */
            about?: components["schemas"]["Bilingual"] | null;
            /**
             * Check
             * @description a check that a ready one must pass: feedback cites notes and names a dated next step
             */
            check?: "specific-and-actionable" | null;
            /**
             * Fields
             * @description what it holds
             */
            fields: components["schemas"]["ArtefactField"][];
            /**
             * Id
             * @description how conditions name it
             */
            id: string;
            /**
             * Many
             * @description whether each writer may add several
             * @default false
             */
            many: boolean;
            /**
             * Private Until Ready
             * @description others read it only once its author says it is ready
             * @default false
             */
            private_until_ready: boolean;
            /**
             * Publishable
             * @description the district may read it once everybody in the cycle agrees
             * @default false
             */
            publishable: boolean;
            /**
             * Read By
             * @description roles that read it, `everyone` of the cycle, or `author`
             * @default [
             *       "everyone"
             *     ]
             */
            read_by: string[];
            /**
             * Shareable
             * @description its author may show it to one colleague, and take that back
             * @default false
             */
            shareable: boolean;
            /** @description its heading */
            title: components["schemas"]["Bilingual"];
            /**
             * Together
             * @description one for all: everybody who may write it changes the same one, by version
             * @default false
             */
            together: boolean;
            /**
             * Written By
             * @description roles that write it, or `everyone`
             * @default [
             *       "everyone"
             *     ]
             */
            written_by: string[];
        };
        /**
         * ArtefactField
         * @description A field of an artefact; a list (`items`) has fields of its own.
         */
        ArtefactField: {
            /**
             * Fields
             * @description of each item of a list
             * @default []
             */
            fields: components["schemas"]["PlainField"][];
            /** @description a sentence of help */
            hint?: components["schemas"]["Bilingual"] | null;
            /**
             * Id
             * @description what is stored
             */
            id: string;
            /**
             * Kind
             * @description words (a line), text, choice, choices, scale, number, date, minute, alias (a case student, never a name), person (of the cycle), counts (aggregate counts by CSV), items (a list)
             * @enum {string}
             */
            kind: "words" | "text" | "choice" | "choices" | "scale" | "number" | "date" | "minute" | "alias" | "person" | "counts" | "items";
            /** @description what is asked */
            label: components["schemas"]["Bilingual"];
            /**
             * Least
             * @description smallest scale or number; fewest items or choices
             */
            least?: number | null;
            /**
             * Most
             * @description largest scale or number; most items or choices
             */
            most?: number | null;
            /**
             * Options
             * @description of choice and choices
             * @default []
             */
            options: components["schemas"]["Option"][];
            /**
             * Required
             * @description whether a ready artefact must fill it
             * @default false
             */
            required: boolean;
        };
        /**
         * ArtefactIn
         * @description `base_revision`: the version that was changed, 0 for a new note.
         */
        ArtefactIn: {
            /** Artefact */
            artefact: string;
            /**
             * Base Revision
             * @default 0
             */
            base_revision: number;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Ready
             * @default false
             */
            ready: boolean;
        };
        /**
         * ArtefactOut
         * @description `fields` are None when the words were erased.
         */
        ArtefactOut: {
            /** Agreed To Publish */
            agreed_to_publish: string[];
            /** Artefact */
            artefact: string;
            /**
             * Artefact Id
             * Format: uuid
             */
            artefact_id: string;
            /**
             * Author Id
             * Format: uuid
             */
            author_id: string;
            /**
             * Changed By
             * Format: uuid
             */
            changed_by: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            } | null;
            /**
             * Mine
             * @description whether the reader may change it
             */
            mine: boolean;
            /**
             * Names
             * @description what seems to name a student, for who may change it; it is for them to say, and blocks nothing
             */
            names: components["schemas"]["NamedOut"][];
            /** Published */
            published: boolean;
            /** Ready */
            ready: boolean;
            /** Revision */
            revision: number;
            /**
             * Shared With
             * @description only for its author
             */
            shared_with: string[];
            /** Stage */
            stage: string;
            /** Turn */
            turn: number;
        };
        /**
         * BatchReceipt
         * @description One receipt per item, in the order sent.
         */
        BatchReceipt: {
            /** Receipts */
            receipts: components["schemas"]["ItemReceipt"][];
            /**
             * Server Time
             * Format: date-time
             */
            server_time: string;
            /**
             * Skew Seconds
             * @description device clock minus server clock at this post
             */
            skew_seconds: number;
        };
        /** Begun */
        Begun: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
        };
        /**
         * Bilingual
         * @description The same sentence in the languages of the product.
         */
        Bilingual: {
            /**
             * En
             * @description in English
             */
            en: string;
            /**
             * Es
             * @description in Spanish
             */
            es: string;
        };
        /**
         * BoardOut
         * @description The board as of `version`; what is in no group is unsorted.
         */
        BoardOut: {
            /** Groups */
            groups: components["schemas"]["GroupOut"][];
            /**
             * Open
             * @description whether moves are taken
             */
            open: boolean;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** Version */
            version: number;
        };
        /** Bound */
        Bound: {
            /** Item */
            item: string;
            /** Number */
            number: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "at_least" | "at_most";
        };
        /**
         * BusyOut
         * @description How much of a brought calendar is kept: busy times ahead, and when it was brought.
         */
        BusyOut: {
            /** Brought At */
            brought_at: string | null;
            /** Spans */
            spans: number;
        };
        /**
         * Cadence
         * @description How often the people of a cycle meet.
         */
        Cadence: {
            /**
             * Every Weeks
             * @description weeks between meetings
             */
            every_weeks: number;
            /**
             * Meetings
             * @description meetings in a cycle
             */
            meetings: number;
            /**
             * Minutes
             * @description length of a meeting
             */
            minutes: number;
        };
        /**
         * CalendarIn
         * @description The text of an iCalendar file.
         */
        CalendarIn: {
            /** Text */
            text: string;
        };
        /**
         * CaptureBatch
         * @description What a device posts.
         */
        CaptureBatch: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /** Items */
            items: (components["schemas"]["StatementItem"] | components["schemas"]["AmendItem"] | components["schemas"]["WithdrawItem"] | components["schemas"]["RatingItem"] | components["schemas"]["SubmitItem"] | components["schemas"]["NoteItem"])[];
            /**
             * Observer Id
             * @description whose queue this is; refused (403) for anybody else
             * @default null
             */
            observer_id: string | null;
            /**
             * Sent At
             * Format: date-time
             * @description the device's clock when it sends
             */
            sent_at: string;
        };
        /**
         * Carried
         * @description What an imported form has that an instrument has not: nothing is dropped in silence.
         */
        Carried: {
            /** Column */
            column: string | null;
            /** Detail */
            detail: string;
            /** Row */
            row: number | null;
            /** @description `detail` in both languages */
            say: components["schemas"]["Said"];
            /** Sheet */
            sheet: string;
        };
        /**
         * CellOut
         * @description `count` or more; None where it is hidden.
         */
        CellOut: {
            /** Code */
            code: string;
            /** Count */
            count: number | null;
            title?: components["schemas"]["Bilingual"] | null;
        };
        /** Challenge */
        Challenge: {
            /** Reason */
            reason: string | null;
            /**
             * Statement Id
             * Format: uuid
             */
            statement_id: string;
        };
        /**
         * ChangeOut
         * @description Shares are 0-1; `difference` is after minus before, with its 95 % interval.
         */
        ChangeOut: {
            after: components["schemas"]["ShareOut"];
            before: components["schemas"]["ShareOut"];
            /** Difference */
            difference: number | null;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** Skill */
            skill: string;
            /**
             * Sure
             * @description whether the interval leaves zero out
             */
            sure: boolean;
        };
        /** Changes */
        Changes: {
            /** Items */
            items: components["schemas"]["ChangeOut"][];
        };
        /**
         * Checked
         * @description The protocol as it reads, or what is wrong with the text, line by line.
         */
        Checked: {
            /**
             * Document
             * @description names and values of the text, right or wrong, for a form
             */
            document: {
                [key: string]: unknown;
            } | null;
            /** Problems */
            problems: components["schemas"]["DocumentProblem"][];
            protocol: components["schemas"]["Protocol"] | null;
        };
        /** Choice */
        Choice: {
            /** Code */
            code: string;
            label: components["schemas"]["Text"];
        };
        /** CloseIn */
        CloseIn: {
            /**
             * Follow Up On
             * @description a school day; without it: three months on
             */
            follow_up_on?: string | null;
        };
        /**
         * Commitment
         * @description One step of the next level of work. `revisit` names the later round or check that looks again; `owner_id`: whose
         *     it is, where that is one of the round's own people.
         */
        Commitment: {
            /**
             * By When
             * @enum {string}
             */
            by_when: "next_week" | "next_month" | "end_of_year";
            /** Owner Id */
            owner_id?: string | null;
            /**
             * Resources
             * @default
             */
            resources: string;
            /**
             * Revisit
             * @default
             */
            revisit: string;
            /** Revisit On */
            revisit_on?: string | null;
            /** What */
            what: string;
            /** Who */
            who: string;
        };
        /** CommitmentIn */
        CommitmentIn: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Due On
             * Format: date
             */
            due_on: string;
            /**
             * Shown
             * @default true
             */
            shown: boolean;
            /** Words */
            words: string;
        };
        /** CommitmentList */
        CommitmentList: {
            /** Items */
            items: components["schemas"]["CommitmentOut"][];
        };
        /** CommitmentOut */
        CommitmentOut: {
            /**
             * Commitment Id
             * Format: uuid
             */
            commitment_id: string;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Due On
             * Format: date
             */
            due_on: string;
            /**
             * Looks
             * @description each time its owner looked at it again, oldest first
             */
            looks: components["schemas"]["LookOut"][];
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Shown */
            shown: boolean;
            /** Words */
            words: string | null;
        };
        /** Compared */
        Compared: {
            /** Fields */
            fields: components["schemas"]["ComparedField"][];
        };
        /**
         * ComparedField
         * @description `item` counts from 1 in a list; None outside of one.
         */
        ComparedField: {
            /** Changed */
            changed: boolean;
            /** Item */
            item: number | null;
            label: components["schemas"]["Bilingual"];
            /** Left */
            left: components["schemas"]["Piece"][];
            /** Right */
            right: components["schemas"]["Piece"][];
        };
        /**
         * Condition
         * @description Something that must be there. `have` names an artefact of the protocol or a fact of the engine.
         */
        Condition: {
            /**
             * By
             * @description a role, or `everyone` for each person; left out: by anybody
             */
            by?: string | null;
            /**
             * Code
             * @description stable name of the refusal
             */
            code?: string | null;
            /**
             * Have
             * @description an artefact, `commitments`, or a fact of a round
             */
            have: string;
            /**
             * Least
             * @description how many
             * @default 1
             */
            least: number;
            /**
             * Ready
             * @description whether drafts do not count
             * @default true
             */
            ready: boolean;
            /** @description the sentence that people read while it is missing */
            say: components["schemas"]["Bilingual"];
            /**
             * Within
             * @description whether earlier turns count
             * @default turn
             * @enum {string}
             */
            within: "turn" | "cycle";
        };
        /**
         * CycleOut
         * @description A cycle as one of its people sees it.
         */
        CycleOut: {
            agreement: components["schemas"]["AgreementOut"] | null;
            /** Artefacts */
            artefacts: components["schemas"]["ArtefactOut"][];
            cannot_finish: components["schemas"]["Bilingual"] | null;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /** Invitations */
            invitations: components["schemas"]["InvitationOut"][];
            /**
             * May Invite
             * @description whether the reader asks people into it
             */
            may_invite: boolean;
            /** Moves */
            moves: components["schemas"]["MoveOut"][];
            /** My Role */
            my_role: string;
            /** @description what is missing before the first stage */
            not_agreed: components["schemas"]["Bilingual"] | null;
            /** People */
            people: components["schemas"]["PersonOut"][];
            protocol: components["schemas"]["Protocol"];
            /** Stage */
            stage: string | null;
            /**
             * Standing
             * @enum {string}
             */
            standing: "gathering" | "agreeing" | "under_way" | "finished" | "ended";
            /** Turn */
            turn: number;
            /** Version */
            version: number;
        };
        /** CycleSummary */
        CycleSummary: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /** My Role */
            my_role: string;
            /** People */
            people: string[];
            /** Protocol */
            protocol: string;
            stage: components["schemas"]["Bilingual"] | null;
            /**
             * Standing
             * @enum {string}
             */
            standing: "gathering" | "agreeing" | "under_way" | "finished" | "ended";
            title: components["schemas"]["Bilingual"];
        };
        /** Cycles */
        Cycles: {
            /** Items */
            items: components["schemas"]["CycleSummary"][];
            /** Next */
            next?: string | null;
        };
        /**
         * Day
         * @description The visits of one observer, with the pinned instruments and what they have written so far.
         */
        Day: {
            /**
             * Cycles
             * @description my coaching cycles in which I may write now
             */
            cycles: components["schemas"]["DayCycle"][];
            /**
             * Erased
             * @description cycles whose words are gone: a device forgets what it keeps of them
             */
            erased: string[];
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Server Time
             * Format: date-time
             */
            server_time: string;
            /** Visits */
            visits: components["schemas"]["DayVisit"][];
        };
        /** DayCycle */
        DayCycle: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /** Kinds */
            kinds: components["schemas"]["DayKind"][];
            /**
             * Minutes
             * @description how long a meeting or a lesson lasts, by the protocol
             */
            minutes: number;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /**
             * People
             * @description the others
             */
            people: string[];
            /** Prompts */
            prompts: components["schemas"]["Bilingual"][];
            purpose: components["schemas"]["Bilingual"];
            /** Shown */
            shown: components["schemas"]["DayShown"][];
            /** Stage */
            stage: string;
            stage_title: components["schemas"]["Bilingual"];
            title: components["schemas"]["Bilingual"];
            /** Turn */
            turn: number;
        };
        /** DayIn */
        DayIn: {
            /**
             * Day
             * Format: date
             */
            day: string;
        };
        /**
         * DayKind
         * @description A kind of note that I may write in the stage that is open; `own` are mine of this turn, oldest first.
         */
        DayKind: {
            artefact: components["schemas"]["Artefact"];
            /** Own */
            own: components["schemas"]["DayNote"][];
        };
        /**
         * DayNote
         * @description A note of mine as the server holds it.
         */
        DayNote: {
            /**
             * Artefact Id
             * Format: uuid
             */
            artefact_id: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            } | null;
            /** Ready */
            ready: boolean;
            /**
             * Taken
             * @description the client ids of the items that it is made of
             */
            taken: string[];
        };
        /** DayQuestion */
        DayQuestion: {
            /**
             * Focus Question Id
             * Format: uuid
             */
            focus_question_id: string;
            /** Words */
            words: string;
        };
        /**
         * DayShown
         * @description What others of the cycle, or all of us together, have written for this turn.
         */
        DayShown: {
            artefact: components["schemas"]["Artefact"];
            /**
             * Author Id
             * Format: uuid
             */
            author_id: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            } | null;
        };
        /** DaySlot */
        DaySlot: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Grade Band */
            grade_band: string;
            /** Minutes */
            minutes: number;
            /** Period */
            period: string | null;
            /** Ratings */
            ratings: components["schemas"]["HeldRating"][];
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
            /** Statements */
            statements: components["schemas"]["HeldStatement"][];
            /** Subject */
            subject: string;
            /** Submitted */
            submitted: boolean;
        };
        /**
         * DayVisit
         * @description One round on which the observer is expected; `planned` is False for a slot's sake alone: notes in it stand.
         */
        DayVisit: {
            /** Closed */
            closed: boolean;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Earlier Instruments
             * @description pinned before, the newest last: answers that were given on them stand
             */
            earlier_instruments: components["schemas"]["Instrument"][];
            /** Focus Questions */
            focus_questions: components["schemas"]["DayQuestion"][];
            instrument: components["schemas"]["Instrument"];
            /** Problem */
            problem: string | null;
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
            slots: components["schemas"]["DaySlot"][];
            /**
             * Stage
             * @enum {string}
             */
            stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
            /** Team */
            team: string | null;
            /** Theory Of Action */
            theory_of_action: string | null;
            /** Timezone */
            timezone: string;
            /** Withdrawn */
            withdrawn: boolean;
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
        /**
         * DebriefOut
         * @description For the round's own people.
         */
        DebriefOut: {
            /**
             * Acts
             * @description whether the protocol lets the reader act in this stage
             */
            acts: boolean;
            /** Admitted */
            admitted: string[];
            /** Challenged */
            challenged: components["schemas"]["Challenge"][];
            /** Closed */
            closed: boolean;
            /** Next Level Of Work */
            next_level_of_work: components["schemas"]["Commitment"][];
            /** Patterns */
            patterns: components["schemas"]["PatternOut"][];
            /** Predictions */
            predictions: string[];
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * Stage
             * @enum {string}
             */
            stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
            /**
             * Version
             * @description for If-Match on the debrief's parts
             */
            version: number;
        };
        /** DeviceHealth */
        DeviceHealth: {
            /** Attention */
            attention: number;
            /** Build */
            build: string;
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /**
             * First Seen
             * Format: date-time
             */
            first_seen: string;
            /** Installed */
            installed: boolean;
            /** Kept */
            kept: boolean | null;
            /** Kind */
            kind: string;
            /**
             * Last Seen
             * Format: date-time
             */
            last_seen: string;
            /**
             * Oldest Unsent At
             * @description by the device's clock
             */
            oldest_unsent_at: string | null;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Skew Seconds
             * @description device clock minus server clock when last seen
             */
            skew_seconds: number;
            /**
             * Unsent
             * @description items on the device alone when last seen
             */
            unsent: number;
        };
        /** DevicePage */
        DevicePage: {
            /** Items */
            items: components["schemas"]["DeviceHealth"][];
            /** Next */
            next: string | null;
        };
        /**
         * DeviceReport
         * @description What a device tells of itself, for one person's queue.
         */
        DeviceReport: {
            /**
             * Attention
             * @description of those, items that a person must mend
             * @default 0
             */
            attention: number;
            /**
             * Build
             * @default
             */
            build: string;
            /**
             * Installed
             * @description whether it runs as an installed app
             * @default false
             */
            installed: boolean;
            /**
             * Kept
             * @description whether the browser promised to keep the storage
             */
            kept?: boolean | null;
            /**
             * Kind
             * @description as a person would say: "Android, Chrome"
             * @default
             */
            kind: string;
            /**
             * Oldest Unsent At
             * @description by the device's clock
             */
            oldest_unsent_at?: string | null;
            /**
             * Sent At
             * Format: date-time
             * @description the device's clock when it sends
             */
            sent_at: string;
            /**
             * Unsent
             * @description items on the device alone
             */
            unsent: number;
        };
        /**
         * DeviceSecret
         * @description `secret`: 32 bytes in base64, for this person on this device alone. `skew_seconds`: device minus server.
         */
        DeviceSecret: {
            /** Secret */
            secret: string;
            /**
             * Server Time
             * Format: date-time
             */
            server_time: string;
            /** Skew Seconds */
            skew_seconds: number;
        };
        /**
         * DocumentProblem
         * @description `line` counts from 1; `where` is the place in the document, `stages/0/title`; `detail` is `say.en`.
         */
        DocumentProblem: {
            /** Detail */
            detail: string;
            /** Line */
            line: number;
            say: components["schemas"]["Bilingual"];
            /** Where */
            where: string;
        };
        /**
         * Draft
         * @description An instrument that is being written.
         */
        Draft: {
            /**
             * @default {
             *       "en": "",
             *       "es": ""
             *     }
             */
            description: components["schemas"]["DraftText"];
            /**
             * Groups
             * @default []
             */
            groups: components["schemas"]["DraftGroup"][];
            /**
             * Items
             * @default []
             */
            items: components["schemas"]["DraftItem"][];
            /**
             * @default {
             *       "en": "",
             *       "es": ""
             *     }
             */
            title: components["schemas"]["DraftText"];
        };
        /** DraftChoice */
        DraftChoice: {
            /**
             * Code
             * @default
             */
            code: string;
            /**
             * @default {
             *       "en": "",
             *       "es": ""
             *     }
             */
            label: components["schemas"]["DraftText"];
        };
        /** DraftGroup */
        DraftGroup: {
            /**
             * Id
             * @default
             */
            id: string;
            /**
             * @default {
             *       "en": "",
             *       "es": ""
             *     }
             */
            label: components["schemas"]["DraftText"];
            /** Relevance */
            relevance?: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"]) | null;
        };
        /** DraftItem */
        DraftItem: {
            /**
             * Choices
             * @default []
             */
            choices: components["schemas"]["DraftChoice"][];
            /** Core Element */
            core_element?: ("teacher" | "student" | "content" | "task") | null;
            /**
             * Group
             * @default
             */
            group: string;
            hint?: components["schemas"]["DraftText"] | null;
            /**
             * Id
             * @default
             */
            id: string;
            /** Interval Seconds */
            interval_seconds?: number | null;
            /**
             * Kind
             * @default choice
             * @enum {string}
             */
            kind: "choice" | "multi_choice" | "count" | "scale" | "observed" | "tally" | "note";
            /** Maximum */
            maximum?: number | null;
            /**
             * Minimum
             * @default 0
             */
            minimum: number;
            /**
             * @default {
             *       "en": "",
             *       "es": ""
             *     }
             */
            prompt: components["schemas"]["DraftText"];
            /** Relevance */
            relevance?: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"]) | null;
            /**
             * Required
             * @default false
             */
            required: boolean;
        };
        /** DraftOut */
        DraftOut: {
            draft: components["schemas"]["Draft"];
            /** Key */
            key: string;
            /** Lacks */
            lacks: components["schemas"]["Lack"][];
            /** Source */
            source: string;
            /**
             * Versions
             * @description published so far
             */
            versions: number;
        };
        /** DraftSummary */
        DraftSummary: {
            /** Key */
            key: string;
            title: components["schemas"]["DraftText"];
        };
        /** DraftText */
        DraftText: {
            /**
             * En
             * @default
             */
            en: string;
            /**
             * Es
             * @default
             */
            es: string;
        };
        /** EarlierAnswer */
        EarlierAnswer: {
            /** Grade Band */
            grade_band: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Late */
            late: ("after_submit" | "after_describe" | "after_close" | "after_release") | null;
            /** Look For Id */
            look_for_id: string;
            /** Mine */
            mine: boolean;
            /** Room */
            room: string;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /** Subject */
            subject: string;
            /** Value */
            value: string;
        };
        /** EarlierAnswers */
        EarlierAnswers: {
            /**
             * Forms
             * @description the newest first; none without an answer that the actor may read
             */
            forms: components["schemas"]["EarlierForm"][];
            /**
             * Reading
             * @enum {string}
             */
            reading: "own" | "team" | "round" | "deidentified";
            /**
             * Unread
             * @description answers on earlier forms that the actor may not read, or not yet
             */
            unread: number;
        };
        /**
         * EarlierForm
         * @description A form that the round had before, whole, with the answers given on it in its own order.
         */
        EarlierForm: {
            /** Answers */
            answers: components["schemas"]["EarlierAnswer"][];
            instrument: components["schemas"]["Instrument"];
        };
        /**
         * Edit
         * @description One change. `at` leads to a part: names of values, and places in lists from 0.
         *
         *     `set` gives the part a value, `insert` puts the value into a list before the place (or at its end), `remove` takes
         *     the part away, `move` takes it to the place `to` of its list.
         */
        Edit: {
            /** At */
            at: (string | number)[];
            /**
             * Do
             * @enum {string}
             */
            do: "set" | "insert" | "remove" | "move";
            /**
             * To
             * @description of `move`: the place in the list
             * @default 0
             */
            to: number;
            /**
             * Value
             * @description what stands there then: text, number, list, or names and values
             */
            value?: unknown;
        };
        /** Edited */
        Edited: {
            /**
             * Document
             * @description names and values of the text, right or wrong, for a form
             */
            document: {
                [key: string]: unknown;
            } | null;
            /** Problems */
            problems: components["schemas"]["DocumentProblem"][];
            protocol: components["schemas"]["Protocol"] | null;
            /** Text */
            text: string;
        };
        /** EditsIn */
        EditsIn: {
            /** Edits */
            edits: components["schemas"]["Edit"][];
            /** Text */
            text: string;
        };
        /**
         * EvidenceItem
         * @description A statement or a rating. What only its writer may know is None for everyone else.
         */
        EvidenceItem: {
            /**
             * Classroom Id
             * Format: uuid
             */
            classroom_id: string;
            /** Client Id */
            client_id?: string | null;
            /** Core Element */
            core_element?: ("teacher" | "student" | "content" | "task") | null;
            /**
             * Device Time
             * @description the device's clock; its writer's only
             */
            device_time?: string | null;
            /**
             * Focus Question Ids
             * @default []
             */
            focus_question_ids: string[];
            /** Grade Band */
            grade_band: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Judgmental
             * @default false
             */
            judgmental: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "statement" | "rating";
            /** Late */
            late?: ("after_submit" | "after_describe" | "after_close" | "after_release") | null;
            /** Look For Id */
            look_for_id?: string | null;
            /**
             * Look For Ids
             * @default []
             */
            look_for_ids: string[];
            /** Mine */
            mine: boolean;
            /** Minute */
            minute?: number | null;
            /**
             * Other Versions
             * @default []
             */
            other_versions: components["schemas"]["OtherVersion"][];
            /**
             * Received At
             * @description the server's clock; its writer's only
             */
            received_at?: string | null;
            /**
             * Revision
             * @default 0
             */
            revision: number;
            /** Room */
            room: string;
            /** Screening */
            screening?: ("admitted" | "challenged") | null;
            /** Skew Seconds */
            skew_seconds?: number | null;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /** Subject */
            subject: string;
            /** Value */
            value?: string | null;
            /**
             * Withdrawn
             * @default false
             */
            withdrawn: boolean;
            /**
             * Words
             * @description None: erased (a rating has none)
             */
            words?: string | null;
        };
        /** EvidencePage */
        EvidencePage: {
            /** Items */
            items: components["schemas"]["EvidenceItem"][];
            /** Next */
            next: string | null;
            /**
             * Reading
             * @enum {string}
             */
            reading: "own" | "team" | "round" | "deidentified";
        };
        /** Exported */
        Exported: {
            /** Agreement */
            agreement: {
                [key: string]: unknown;
            } | null;
            /** Artefacts */
            artefacts: components["schemas"]["ArtefactOut"][];
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            title: components["schemas"]["Bilingual"];
        };
        /**
         * Fit
         * @description Why two fit: a code, and what they share.
         */
        Fit: {
            /**
             * Code
             * @enum {string}
             */
            code: "interests" | "subjects" | "grade_bands" | "languages" | "free" | "other_school";
            /**
             * Shared
             * @default []
             */
            shared: string[];
        };
        /** FocusQuestion */
        FocusQuestion: {
            /**
             * Focus Question Id
             * Format: uuid
             */
            focus_question_id: string;
            /** Words */
            words: string;
        };
        /**
         * FocusQuestionIn
         * @description `focus_question_id` keeps a question's identity when its words change; without one it is new.
         */
        FocusQuestionIn: {
            /** Focus Question Id */
            focus_question_id?: string | null;
            /** Words */
            words: string;
        };
        /** FocusQuestionOut */
        FocusQuestionOut: {
            /**
             * Focus Question Id
             * Format: uuid
             */
            focus_question_id: string;
            /** Words */
            words: string;
        };
        /** FollowUpOut */
        FollowUpOut: {
            /** Commitments */
            commitments: components["schemas"]["FollowedOut"][];
            /** Day */
            day: string | null;
            /** Held */
            held: boolean;
            /**
             * Leads
             * @description whether the one who asks may move the day and hold the check
             */
            leads: boolean;
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
            /**
             * Usual Day
             * Format: date
             * @description three months from today, on a school day
             */
            usual_day: string;
        };
        /** FollowedOut */
        FollowedOut: {
            /**
             * By When
             * @enum {string}
             */
            by_when: "next_week" | "next_month" | "end_of_year";
            /** Number */
            number: number;
            /** Owner Id */
            owner_id?: string | null;
            /** Reports */
            reports: components["schemas"]["ReportOut"][];
            /**
             * Resources
             * @default
             */
            resources: string;
            /**
             * Revisit
             * @default
             */
            revisit: string;
            /** Revisit On */
            revisit_on?: string | null;
            /** Status */
            status: ("kept" | "partly" | "not_yet" | "given_up") | null;
            /** What */
            what: string;
            /** Who */
            who: string;
            /**
             * Yours
             * @description whether the one who asks may report on it
             */
            yours: boolean;
        };
        /**
         * FreeTime
         * @description Every week, in the district's time zone. Monday is 1.
         */
        FreeTime: {
            /**
             * Ends
             * Format: time
             */
            ends: string;
            /**
             * Starts
             * Format: time
             */
            starts: string;
            /** Weekday */
            weekday: number;
        };
        /**
         * Gap
         * @description Numbers that have not come in, both ends included.
         */
        Gap: {
            /** First */
            first: number;
            /** Last */
            last: number;
        };
        /**
         * Goal
         * @description `what` will be different, the `sign` by which it will be known, and the day `by` which.
         */
        Goal: {
            /**
             * By
             * Format: date
             */
            by: string;
            /** Sign */
            sign: string;
            /** What */
            what: string;
        };
        /**
         * Group
         * @description Items that stand together; all of them are asked only while `relevance` holds.
         */
        Group: {
            /** Id */
            id: string;
            label: components["schemas"]["Text"];
            /** Relevance */
            relevance?: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"]) | null;
        };
        /** GroupOut */
        GroupOut: {
            /**
             * Group Id
             * Format: uuid
             */
            group_id: string;
            /** Statements */
            statements: components["schemas"]["PlacedOut"][];
            /** Title */
            title: string;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** HeardIn */
        HeardIn: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /** HeldRating */
        HeldRating: {
            /**
             * Instrument Version
             * @description the one that it was given on, where the device told it
             */
            instrument_version: number | null;
            /** Look For Id */
            look_for_id: string;
            /** Value */
            value: string;
        };
        /**
         * HeldStatement
         * @description One of the observer's own statements, as the server holds it.
         */
        HeldStatement: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /**
             * Core Element
             * @enum {string}
             */
            core_element: "teacher" | "student" | "content" | "task";
            /**
             * Device Time
             * Format: date-time
             */
            device_time: string;
            /** Focus Question Ids */
            focus_question_ids: string[];
            /** Look For Ids */
            look_for_ids: string[];
            /** Minute */
            minute: number;
            /** Others */
            others: components["schemas"]["OtherVersionHeld"][];
            /** Revision */
            revision: number;
            /** Withdrawn */
            withdrawn: boolean;
            /**
             * Words
             * @description None: erased
             */
            words: string | null;
        };
        /** History */
        History: {
            /** Erased */
            erased: boolean;
            /**
             * Statement Id
             * Format: uuid
             */
            statement_id: string;
            /** Versions */
            versions: components["schemas"]["Version"][];
            /** Withdrawn */
            withdrawn: boolean;
        };
        /** Hit */
        Hit: {
            /** Artefact */
            artefact: string;
            /**
             * Artefact Id
             * Format: uuid
             */
            artefact_id: string;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Words
             * @description around what was found
             */
            words: string;
        };
        /** Hits */
        Hits: {
            /** Items */
            items: components["schemas"]["Hit"][];
        };
        /** ImportedForm */
        ImportedForm: {
            draft: components["schemas"]["Draft"];
            /** Key */
            key: string;
            /** Lacks */
            lacks: components["schemas"]["Lack"][];
            /** Not Carried */
            not_carried: components["schemas"]["Carried"][];
            /** Saved */
            saved: boolean;
        };
        /** ImportedRound */
        ImportedRound: {
            /** Classrooms */
            classrooms: number;
            /**
             * First Day
             * Format: date
             */
            first_day: string;
            /**
             * Last Day
             * Format: date
             */
            last_day: string;
            /** Observers */
            observers: number;
            /** Occasion */
            occasion: string;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /** Visits */
            visits: number;
        };
        /**
         * Includes
         * @description The value is among those chosen of a multi-choice item.
         */
        Includes: {
            /** Item */
            item: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "includes";
            /** Value */
            value: string;
        };
        /**
         * Instrument
         * @description `languages` are those that its author wrote; a text without one repeats the other's words.
         */
        Instrument: {
            description: components["schemas"]["Text"];
            /**
             * Groups
             * @default []
             */
            groups: components["schemas"]["Group"][];
            /** Items */
            items: components["schemas"]["LookFor"][];
            /** Key */
            key: string;
            /**
             * Languages
             * @default [
             *       "en",
             *       "es"
             *     ]
             */
            languages: ("en" | "es")[];
            title: components["schemas"]["Text"];
            /** Version */
            version: number;
        };
        /** InstrumentPage */
        InstrumentPage: {
            /**
             * Drafts
             * @description for those who may write instruments
             * @default []
             */
            drafts: components["schemas"]["DraftSummary"][];
            /** Items */
            items: components["schemas"]["InstrumentSummary"][];
            /** Next */
            next?: string | null;
        };
        /** InstrumentSummary */
        InstrumentSummary: {
            /** Items */
            items: number;
            /** Key */
            key: string;
            /**
             * Shipped
             * @default false
             */
            shipped: boolean;
            title: components["schemas"]["Text"];
            /** Version */
            version: number;
        };
        /** InvitationIn */
        InvitationIn: {
            /**
             * Message
             * @default
             */
            message: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Role */
            role: string;
        };
        /**
         * InvitationOut
         * @description Only for the one who asked: nobody else learns that somebody was asked, nor the answer.
         */
        InvitationOut: {
            /**
             * Answer
             * @enum {string}
             */
            answer: "open" | "accepted" | "declined";
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Role */
            role: string;
        };
        /** Invitations */
        Invitations: {
            /** Items */
            items: components["schemas"]["InvitedOut"][];
        };
        /**
         * InvitedOut
         * @description An invitation to the reader.
         */
        InvitedOut: {
            about: components["schemas"]["Bilingual"];
            /**
             * By
             * Format: uuid
             */
            by: string;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /** Message */
            message: string | null;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            role: components["schemas"]["Bilingual"];
            title: components["schemas"]["Bilingual"];
        };
        /**
         * Is
         * @description The answer is this value, as it is written ("not_observed" too).
         */
        Is: {
            /** Item */
            item: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "is";
            /** Value */
            value: string;
        };
        /**
         * ItemReceipt
         * @description `stored`: it is in the record, once. `duplicate`: it was before. `conflict`: it is kept beside another
         *     version. `refused`: nothing of it is kept; `reason` says why and how to mend it.
         */
        ItemReceipt: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            reason?: components["schemas"]["Reason"] | null;
            /**
             * Result
             * @enum {string}
             */
            result: "stored" | "duplicate" | "conflict" | "refused";
            /** Seq */
            seq: number;
            /**
             * Version
             * @description the statement's newest revision: 0 as recorded, then 1, ...
             */
            version?: number | null;
        };
        /**
         * Lack
         * @description What keeps a draft from being published (`refuses`), or what its readers will miss.
         */
        Lack: {
            /** Detail */
            detail: string;
            /**
             * Refuses
             * @default true
             */
            refuses: boolean;
            /** @description `detail` in both languages */
            say: components["schemas"]["DraftText"];
            /**
             * Where
             * @description of the draft: items/0/choices/1/label
             */
            where: string;
        };
        /**
         * Ledger
         * @description What came in from one device under the signed-in user. A device may delete its copy of item n when
         *     n is not in a gap and not among `refused`.
         */
        Ledger: {
            /**
             * Count
             * @description different numbers that came in, refused ones included
             */
            count: number;
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /** Gaps */
            gaps: components["schemas"]["Gap"][];
            /**
             * Maximum
             * @description the highest of them; 0 when there is none
             */
            maximum: number;
            /**
             * Refused
             * @description came in and were refused; nothing of them is kept
             */
            refused: components["schemas"]["RefusedItem"][];
        };
        /**
         * LookFor
         * @description An item. Any but a note may be answered "not_observed" or "not_applicable", which are never zero.
         *
         *     choice: one code. multi_choice: codes with single spaces, in the document's order. count: 0..maximum. scale:
         *     minimum..maximum, whole numbers. observed: "yes" or "no". tally: one code per sample of `interval_seconds`,
         *     "0:lecture 1:groups". note: its answer is a statement tagged with the item, so that its words are evidence.
         */
        LookFor: {
            /**
             * Choices
             * @default []
             */
            choices: components["schemas"]["Choice"][];
            /** Core Element */
            core_element?: ("teacher" | "student" | "content" | "task") | null;
            /**
             * Group
             * @default
             */
            group: string;
            hint?: components["schemas"]["Text"] | null;
            /** Id */
            id: string;
            /** Interval Seconds */
            interval_seconds?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "choice" | "multi_choice" | "count" | "scale" | "observed" | "tally" | "note";
            /** Maximum */
            maximum?: number | null;
            /**
             * Minimum
             * @default 0
             */
            minimum: number;
            prompt: components["schemas"]["Text"];
            /** Relevance */
            relevance?: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"]) | null;
            /**
             * Required
             * @default false
             */
            required: boolean;
        };
        /** LookOut */
        LookOut: {
            /**
             * Kept
             * @enum {string}
             */
            kept: "kept" | "partly" | "not_yet" | "let_go";
            /** Note */
            note: string | null;
        };
        /** MakeGroup */
        MakeGroup: {
            /**
             * Group Id
             * Format: uuid
             */
            group_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "make_group";
            /**
             * Move Id
             * Format: uuid
             * @description UUIDv7 made by the page; sending it again is safe
             */
            move_id: string;
            /** Title */
            title: string;
        };
        /** MappingOut */
        MappingOut: {
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /** Key */
            key: string;
            /** Title */
            title: string;
        };
        /** MappingPage */
        MappingPage: {
            /** Items */
            items: components["schemas"]["MappingOut"][];
        };
        /** MeetingList */
        MeetingList: {
            /** Items */
            items: components["schemas"]["MeetingOut"][];
        };
        /** MeetingOut */
        MeetingOut: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Meeting Id
             * Format: uuid
             */
            meeting_id: string;
            /**
             * No School
             * @description its day was closed after it was fixed: one of the times offered suits better
             */
            no_school: boolean;
            /**
             * Place
             * @description where, as somebody of the cycle said it: a room, a link; empty where nobody did
             */
            place: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /** MeetingsIn */
        MeetingsIn: {
            /** After */
            after?: string | null;
            /** Every Weeks */
            every_weeks: number;
            /** Meetings */
            meetings: number;
            /** Minutes */
            minutes: number;
            /**
             * Place
             * @description a room, a link; one line
             * @default
             */
            place: string;
        };
        /** ModelProgress */
        ModelProgress: {
            /** Cycles */
            cycles: number | null;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /**
             * Schools
             * @description by the school of the one who began; those with enough of them, and no other is named
             */
            schools: components["schemas"]["CellOut"][];
            /** Stages */
            stages: components["schemas"]["CellOut"][];
            /** Standings */
            standings: components["schemas"]["CellOut"][];
            title: components["schemas"]["Bilingual"];
        };
        /**
         * MoveIn
         * @description `starts_at` as it was: the place alone is another. Without a `place` that stays.
         */
        MoveIn: {
            /** Place */
            place?: string | null;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * MoveOut
         * @description A stage, with why it cannot be opened now (None: it can).
         */
        MoveOut: {
            blocked: components["schemas"]["Bilingual"] | null;
            /**
             * Mine
             * @description whether the reader's part opens it
             */
            mine: boolean;
            /**
             * Opened
             * @description how often it was opened
             */
            opened: number;
            /** Stage */
            stage: string;
            /**
             * Waits For
             * @description whose share is missing, where the reader will read it
             */
            waits_for: string[];
        };
        /** MoveReceipt */
        MoveReceipt: {
            /** Code */
            code?: string | null;
            /** Detail */
            detail?: string | null;
            /**
             * Move Id
             * Format: uuid
             */
            move_id: string;
            /**
             * Result
             * @enum {string}
             */
            result: "taken" | "duplicate" | "refused";
            /** @description `detail` in both languages */
            say?: components["schemas"]["Said"] | null;
            /** Version */
            version?: number | null;
        };
        /** MoveReceipts */
        MoveReceipts: {
            /** Receipts */
            receipts: components["schemas"]["MoveReceipt"][];
            /** Version */
            version: number;
        };
        /**
         * Moves
         * @description A page's moves, in the order in which they were made there.
         */
        Moves: {
            /** Moves */
            moves: (components["schemas"]["MakeGroup"] | components["schemas"]["RetitleGroup"] | components["schemas"]["RemoveGroup"] | components["schemas"]["PlaceStatement"] | components["schemas"]["Undo"])[];
        };
        /** MyMeetingOut */
        MyMeetingOut: {
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Meeting Id
             * Format: uuid
             */
            meeting_id: string;
            /**
             * No School
             * @description its day was closed after it was fixed: one of the times offered suits better
             */
            no_school: boolean;
            /**
             * Place
             * @description where, as somebody of the cycle said it: a room, a link; empty where nobody did
             */
            place: string;
            /**
             * Remind At
             * @description from when on the reader is reminded of it in the app; null when they put the reminder aside
             */
            remind_at: string | null;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /** MyMeetings */
        MyMeetings: {
            /** Items */
            items: components["schemas"]["MyMeetingOut"][];
        };
        /**
         * MyProfile
         * @description `profile` is None for who is not in the directory.
         */
        MyProfile: {
            profile: components["schemas"]["Profile"] | null;
        };
        /** MyTrainings */
        MyTrainings: {
            /** Trainings */
            trainings: {
                [key: string]: string;
            };
        };
        /**
         * NamedOut
         * @description `where` in the note, as in `findings/0/text`, a word looks like somebody's name.
         */
        NamedOut: {
            /** Name */
            name: string;
            /** Where */
            where: string;
        };
        /**
         * NamedTraining
         * @description A training that a part may need, in words: leaders choose it by them when they record who took it.
         */
        NamedTraining: {
            /**
             * Id
             * @description how a part names it
             */
            id: string;
            /** @description how people read it */
            title: components["schemas"]["Bilingual"];
        };
        /**
         * NewCycle
         * @description `role`: the part that the one who begins takes.
         */
        NewCycle: {
            /** Protocol */
            protocol: string;
            /** Role */
            role: string;
        };
        /** NextLevelOfWorkIn */
        NextLevelOfWorkIn: {
            /** Commitments */
            commitments: components["schemas"]["Commitment"][];
        };
        /** NormsIn */
        NormsIn: {
            /** Norms */
            norms: string[];
        };
        /** Not */
        Not: {
            /** Of */
            of: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"])[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "not";
        };
        /**
         * NoteItem
         * @description What somebody writes in a coaching cycle. `fields` are added to the note: entries of a list join those that
         *     stand there, other fields take the place of theirs; `ready` says that the note is done. Without `artefact_id` it
         *     is the writer's own note of that kind in the turn, or a new one under the item's `client_id`.
         */
        NoteItem: {
            /** Artefact */
            artefact: string;
            /**
             * Artefact Id
             * @default null
             */
            artefact_id: string | null;
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "note";
            /**
             * Ready
             * @default false
             */
            ready: boolean;
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Stage
             * @description the stage that was open when it was written
             */
            stage: string;
            /** Turn */
            turn: number;
        };
        /**
         * ObservationImport
         * @description One import in the list.
         */
        ObservationImport: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** File Name */
            file_name: string;
            /**
             * Import Id
             * Format: uuid
             */
            import_id: string;
            /** Instrument */
            instrument: string;
            /** Ratings */
            ratings: number;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** Statements */
            statements: number;
            /** Visits */
            visits: number;
        };
        /** ObservationImportPage */
        ObservationImportPage: {
            /** Items */
            items: components["schemas"]["ObservationImport"][];
            /** Next */
            next?: string | null;
        };
        /**
         * ObservationReport
         * @description What an import would do (`dry_run`), did (`applied`), or had done before (`unchanged`).
         */
        ObservationReport: {
            /** Columns Dropped */
            columns_dropped: string[];
            /** Columns Used */
            columns_used: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** File Name */
            file_name: string;
            /**
             * Import Id
             * Format: uuid
             */
            import_id: string;
            /** Instrument */
            instrument: string;
            /** Judgmental */
            judgmental: number;
            /**
             * Kind
             * @default observations
             * @constant
             */
            kind: "observations";
            /** Known Before */
            known_before: number;
            /** Problems */
            problems: components["schemas"]["Problem"][];
            /** Problems Total */
            problems_total: number;
            /** Ratings */
            ratings: number;
            /** Rounds */
            rounds: components["schemas"]["ImportedRound"][];
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** Statements */
            statements: number;
            /**
             * Status
             * @enum {string}
             */
            status: "dry_run" | "applied" | "unchanged";
            /** Visits */
            visits: number;
        };
        /**
         * Option
         * @description One answer of a choice.
         */
        Option: {
            /**
             * Id
             * @description what is stored
             */
            id: string;
            /** @description what is read */
            label: components["schemas"]["Bilingual"];
        };
        /**
         * OtherVersion
         * @description A second version that was kept: nobody has chosen between it and the statement yet.
         */
        OtherVersion: {
            /** Base Revision */
            base_revision: number | null;
            /**
             * Cause
             * @enum {string}
             */
            cause: "stale_base" | "other_content" | "withdrawn";
            /**
             * Core Element
             * @enum {string}
             */
            core_element: "teacher" | "student" | "content" | "task";
            /** Minute */
            minute: number;
            /** Words */
            words: string | null;
        };
        /**
         * OtherVersionHeld
         * @description A version that was kept beside the statement, for its writer to choose.
         */
        OtherVersionHeld: {
            /** Base Revision */
            base_revision: number | null;
            /**
             * Cause
             * @enum {string}
             */
            cause: "stale_base" | "other_content" | "withdrawn";
            /**
             * Core Element
             * @enum {string}
             */
            core_element: "teacher" | "student" | "content" | "task";
            /** Focus Question Ids */
            focus_question_ids: string[];
            /** Look For Ids */
            look_for_ids: string[];
            /** Minute */
            minute: number;
            /**
             * Words
             * @description None: erased
             */
            words: string | null;
        };
        /** OwnProtocol */
        OwnProtocol: {
            /** Draft */
            draft: boolean;
            /** Key */
            key: string;
            /**
             * Version
             * @description the newest published version; 0 when there is none
             */
            version: number;
        };
        /** OwnProtocols */
        OwnProtocols: {
            /** Items */
            items: components["schemas"]["OwnProtocol"][];
        };
        /** Partner */
        Partner: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            profile: components["schemas"]["Profile"];
            /**
             * Reasons
             * @description what you share; none for who is listed without a match
             */
            reasons: components["schemas"]["Fit"][];
            /** School Id */
            school_id: string | null;
        };
        /**
         * PartnerPage
         * @description Suggested ones first, best first.
         */
        PartnerPage: {
            /** Items */
            items: components["schemas"]["Partner"][];
            /** Next */
            next?: string | null;
        };
        /** PatternIn */
        PatternIn: {
            /**
             * Counter Statement Ids
             * @description speak against it
             * @default []
             */
            counter_statement_ids: string[];
            /**
             * Description
             * @default
             */
            description: string;
            /** Name */
            name: string;
            /** Statement Ids */
            statement_ids: string[];
        };
        /** PatternOut */
        PatternOut: {
            /** Classrooms */
            classrooms: number;
            /** Counter Statement Ids */
            counter_statement_ids: string[];
            /** Description */
            description: string;
            /** Name */
            name: string;
            /**
             * Pattern Id
             * Format: uuid
             */
            pattern_id: string;
            /** Statement Ids */
            statement_ids: string[];
        };
        /** PatternTold */
        PatternTold: {
            /** Classrooms */
            classrooms: number | null;
            /** Classrooms At Least */
            classrooms_at_least?: number | null;
            /** Core Elements */
            core_elements: {
                [key: string]: number;
            } | null;
            /** Core Elements Hidden */
            core_elements_hidden?: string | null;
            /** Description */
            description: string;
            /**
             * Evidence
             * @description the statements behind it, of nobody and of no room; empty for who reads figures alone
             */
            evidence: components["schemas"]["StatementTold"][];
            /** Hidden */
            hidden: string | null;
            /** Name */
            name: string;
            /**
             * Pattern Id
             * Format: uuid
             */
            pattern_id: string;
            /** Statements */
            statements: number | null;
        };
        /**
         * People
         * @description Who runs a cycle together.
         */
        People: {
            /**
             * Least
             * @description people needed before the agreement is signed
             */
            least: number;
            /**
             * Most
             * @description people at most
             */
            most: number;
            /**
             * Roles
             * @description the parts they take
             */
            roles: components["schemas"]["PersonRole"][];
            /**
             * Rotate
             * @description whether the parts go round at a stage that swaps them
             * @default false
             */
            rotate: boolean;
        };
        /**
         * PersonOut
         * @description `role` is the part in the present turn.
         */
        PersonOut: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Present
             * @description false for somebody who has left
             */
            present: boolean;
            /** Role */
            role: string;
            /** Signed */
            signed: boolean;
        };
        /**
         * PersonRole
         * @description A part that people of a cycle take.
         */
        PersonRole: {
            /**
             * Id
             * @description how stages and artefacts name it
             */
            id: string;
            /**
             * Takes
             * @description one person, or everybody who has no other part
             * @default rest
             * @enum {string}
             */
            takes: "one" | "rest";
            /** @description how people read it */
            title: components["schemas"]["Bilingual"];
            /**
             * Training
             * @description training that a person must have recorded to take the part
             */
            training?: string | null;
        };
        /** Piece */
        Piece: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "same" | "out" | "in";
            /** Text */
            text: string;
        };
        /** PlaceStatement */
        PlaceStatement: {
            /**
             * Before
             * @description a statement of the group; null: at its end
             */
            before?: string | null;
            /**
             * Counter
             * @description evidence against what the group says
             * @default false
             */
            counter: boolean;
            /**
             * Group Id
             * @description null: unsorted again
             */
            group_id: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "place_statement";
            /**
             * Move Id
             * Format: uuid
             * @description UUIDv7 made by the page; sending it again is safe
             */
            move_id: string;
            /**
             * Statement Id
             * Format: uuid
             */
            statement_id: string;
        };
        /** PlacedOut */
        PlacedOut: {
            /**
             * By
             * Format: uuid
             * @description who moved it last
             */
            by: string;
            /** Counter */
            counter: boolean;
            /**
             * Statement Id
             * Format: uuid
             */
            statement_id: string;
        };
        /**
         * PlainField
         * @description A typed field of an artefact or of one of its items.
         */
        PlainField: {
            /** @description a sentence of help */
            hint?: components["schemas"]["Bilingual"] | null;
            /**
             * Id
             * @description what is stored
             */
            id: string;
            /**
             * Kind
             * @description words (a line), text, choice, choices, scale, number, date, minute, alias (a case student, never a name), person (of the cycle), counts (aggregate counts by CSV), items (a list)
             * @enum {string}
             */
            kind: "words" | "text" | "choice" | "choices" | "scale" | "number" | "date" | "minute" | "alias" | "person" | "counts" | "items";
            /** @description what is asked */
            label: components["schemas"]["Bilingual"];
            /**
             * Least
             * @description smallest scale or number; fewest items or choices
             */
            least?: number | null;
            /**
             * Most
             * @description largest scale or number; most items or choices
             */
            most?: number | null;
            /**
             * Options
             * @description of choice and choices
             * @default []
             */
            options: components["schemas"]["Option"][];
            /**
             * Required
             * @description whether a ready artefact must fill it
             * @default false
             */
            required: boolean;
        };
        /**
         * Policies
         * @description Rules that hold for every cycle of the protocol.
         */
        Policies: {
            /**
             * Commitments Belong To
             * @description the role whose commitments they are, or `everyone`
             * @default everyone
             */
            commitments_belong_to: string;
            /**
             * Feedback To Observed Teacher
             * @description whether the observed teacher receives feedback
             */
            feedback_to_observed_teacher: boolean;
            /**
             * On Withdrawal
             * @description what happens to the words when somebody leaves: all of the cycle, those of who leaves, or nothing
             * @enum {string}
             */
            on_withdrawal: "erase_all" | "erase_own" | "keep";
        };
        /** PredictionsIn */
        PredictionsIn: {
            /** Predictions */
            predictions: string[];
        };
        /** Preparation */
        Preparation: {
            /**
             * Acknowledged
             * @description by the one who asks
             */
            acknowledged: boolean;
            /** Norms */
            norms: string[];
            /** Observers */
            observers: number;
            /**
             * Ready
             * @description observers who acknowledged the norms as they stand
             */
            ready: number;
            /**
             * Revision
             * @description 0: no norms yet
             */
            revision: number;
            /**
             * Waiting
             * @description who has not; for the facilitator alone
             */
            waiting?: string[] | null;
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
        /** ProblemOfPracticeIn */
        ProblemOfPracticeIn: {
            /** Focus Questions */
            focus_questions: components["schemas"]["FocusQuestionIn"][];
            /** Problem */
            problem: string;
            /**
             * Theory Of Action
             * @description "if we ..., then ..."
             */
            theory_of_action: string;
        };
        /** ProblemOfPracticeOut */
        ProblemOfPracticeOut: {
            /** Focus Questions */
            focus_questions: components["schemas"]["FocusQuestionOut"][];
            /** Problem */
            problem: string;
            /** Theory Of Action */
            theory_of_action: string;
        };
        /**
         * Profile
         * @description `models`: the kinds of coaching that the person is open to.
         */
        Profile: {
            /**
             * Free
             * @default []
             */
            free: components["schemas"]["FreeTime"][];
            /**
             * Grade Bands
             * @default []
             */
            grade_bands: ("PK" | "K-2" | "3-5" | "6-8" | "9-12")[];
            /**
             * Interests
             * @default []
             */
            interests: string[];
            /**
             * Languages
             * @default []
             */
            languages: string[];
            /** Models */
            models: ("instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice")[];
            /**
             * Subjects
             * @default []
             */
            subjects: string[];
        };
        /**
         * Progress
         * @description Counts in fives: each is "so many or more", up to four more. A hidden one is fewer than `least`. They are taken
         *     once a week, on the day named, and one that fewer than `least` came to or left since it was told stays as it was.
         */
        Progress: {
            /**
             * As Of
             * Format: date
             */
            as_of: string;
            /** Least */
            least: number;
            /** Models */
            models: components["schemas"]["ModelProgress"][];
            /**
             * Offered
             * @description people in the directory
             */
            offered: number | null;
            /** People */
            people: number | null;
            /** Trainings */
            trainings: components["schemas"]["CellOut"][];
        };
        /**
         * Protocol
         * @description A protocol document.
         */
        Protocol: {
            /** @description what it is for, in a sentence or two */
            about: components["schemas"]["Bilingual"];
            /**
             * Artefacts
             * @description what people write
             * @default []
             */
            artefacts: components["schemas"]["Artefact"][];
            /** @description how often they meet; left out: when they choose */
            cadence?: components["schemas"]["Cadence"] | null;
            /**
             * Key
             * @description the protocol's name, the same in every version
             */
            key: string;
            /**
             * Model
             * @description which of the six models it is: decides the screens
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /**
             * Norms
             * @description what people agree on to begin with
             */
            norms: components["schemas"]["Bilingual"][];
            /**
             * Order
             * @description stages in the order written, or any, none compulsory
             * @enum {string}
             */
            order: "fixed" | "free";
            /** @description who runs a cycle together */
            people: components["schemas"]["People"];
            /** @description rules that hold for every cycle */
            policies: components["schemas"]["Policies"];
            /**
             * Stages
             * @description the parts of a cycle
             */
            stages: components["schemas"]["Stage"][];
            /** @description what people call it */
            title: components["schemas"]["Bilingual"];
            /**
             * Trainings
             * @description the trainings of the parts, in words
             * @default []
             */
            trainings: components["schemas"]["NamedTraining"][];
            /**
             * Version
             * @description 1, 2, ...; a published version never changes
             */
            version: number;
        };
        /** ProtocolList */
        ProtocolList: {
            /** Items */
            items: components["schemas"]["ProtocolSummary"][];
        };
        /** ProtocolSummary */
        ProtocolSummary: {
            about: components["schemas"]["Bilingual"];
            /** Key */
            key: string;
            /** Least */
            least: number;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            /** Most */
            most: number;
            /** Shipped */
            shipped: boolean;
            title: components["schemas"]["Bilingual"];
            /** Version */
            version: number;
        };
        /** ProtocolText */
        ProtocolText: {
            /** Text */
            text: string;
        };
        /** PublicationIn */
        PublicationIn: {
            /** Revision */
            revision: number;
        };
        /**
         * Question
         * @description A question that may be asked, under a heading of the conversation.
         */
        Question: {
            /** @description the question */
            ask: components["schemas"]["Bilingual"];
            /**
             * Region
             * @description the part of the conversation it belongs to
             */
            region: string;
        };
        /** RatingItem */
        RatingItem: {
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /**
             * Instrument Version
             * @description the one that was on the screen
             * @default null
             */
            instrument_version: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "rating";
            /** Look For Id */
            look_for_id: string;
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /**
             * Value
             * @description None: the answer given before is taken back, and none stands
             */
            value: string | null;
        };
        /** Reason */
        Reason: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            es?: components["schemas"]["services__rounds__capture__receipts__InSpanish"] | null;
            /** Mend */
            mend?: string | null;
        };
        /** RefusedItem */
        RefusedItem: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Code */
            code: string;
            /** Seq */
            seq: number;
        };
        /** ReleaseOut */
        ReleaseOut: {
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * Status
             * @default released
             * @constant
             */
            status: "released";
        };
        /** RemoveGroup */
        RemoveGroup: {
            /**
             * Group Id
             * Format: uuid
             */
            group_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "remove_group";
            /**
             * Move Id
             * Format: uuid
             * @description UUIDv7 made by the page; sending it again is safe
             */
            move_id: string;
        };
        /** ReportIn */
        ReportIn: {
            /**
             * Evidence
             * @description what shows it, in words
             * @default
             */
            evidence: string;
            /** Number */
            number: number;
            /**
             * Status
             * @enum {string}
             */
            status: "kept" | "partly" | "not_yet" | "given_up";
        };
        /** ReportOut */
        ReportOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Evidence
             * @description empty: none; null: erased, or not yours to read
             */
            evidence: string | null;
            /** Mine */
            mine: boolean;
            /**
             * Status
             * @enum {string}
             */
            status: "kept" | "partly" | "not_yet" | "given_up";
        };
        /** ReportsIn */
        ReportsIn: {
            /**
             * Held
             * @description this is the check; every commitment has a status then
             * @default false
             */
            held: boolean;
            /** Reports */
            reports: components["schemas"]["ReportIn"][];
        };
        /** RetitleGroup */
        RetitleGroup: {
            /**
             * Group Id
             * Format: uuid
             */
            group_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "retitle_group";
            /**
             * Move Id
             * Format: uuid
             * @description UUIDv7 made by the page; sending it again is safe
             */
            move_id: string;
            /** Title */
            title: string;
        };
        /** RevisitIn */
        RevisitIn: {
            /**
             * Kept
             * @enum {string}
             */
            kept: "kept" | "partly" | "not_yet" | "let_go";
            /**
             * Note
             * @default
             */
            note: string;
        };
        /** RoundOut */
        RoundOut: {
            /**
             * Answers On Older Versions
             * @description given on a version of the instrument that was pinned before; for the round's people
             */
            answers_on_older_versions?: number | null;
            /** Closed */
            closed: boolean;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Facilitator Id */
            facilitator_id: string | null;
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /** Origin */
            origin: string;
            problem_of_practice: components["schemas"]["ProblemOfPracticeOut"] | null;
            /** Release */
            release: number;
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
            /** Slots */
            slots: components["schemas"]["SlotOut"][];
            /**
             * Stage
             * @enum {string}
             */
            stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
            /** Teams */
            teams: components["schemas"]["TeamOut"][];
            /** Timezone */
            timezone: string;
            /**
             * Version
             * @description for If-Match on the problem of practice
             */
            version: number;
            /** Withdrawn */
            withdrawn: boolean;
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
            /** Closed */
            closed: boolean;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Facilitator Id */
            facilitator_id: string | null;
            /** Origin */
            origin: string;
            /** Problem Written */
            problem_written: boolean;
            /**
             * Release
             * @description the newest release; 0 when there is none
             */
            release: number;
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
            /** Slots */
            slots: number;
            /**
             * Stage
             * @enum {string}
             */
            stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
            /** Withdrawn */
            withdrawn: boolean;
        };
        /** Said */
        Said: {
            /** En */
            en: string;
            /** Es */
            es: string;
        };
        /** ScreeningIn */
        ScreeningIn: {
            /** Reason */
            reason?: string | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "admitted" | "challenged";
        };
        /** SearchIn */
        SearchIn: {
            /** Words */
            words: string;
        };
        /** Several */
        Several: {
            /** Of */
            of: (components["schemas"]["Is"] | components["schemas"]["Includes"] | components["schemas"]["Bound"] | components["schemas"]["Answered"] | components["schemas"]["Several"] | components["schemas"]["Not"])[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            op: "all" | "any";
        };
        /** ShareOut */
        ShareOut: {
            /**
             * Hidden
             * @description few, nearly_all, small_group, beside or absent
             */
            hidden: string | null;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** Share */
            share: number | null;
            /** Total */
            total: number | null;
        };
        /** Shown */
        Shown: {
            /** Items */
            items: components["schemas"]["ShownOut"][];
        };
        /**
         * ShownOut
         * @description Something that its author shows to the reader, or that a team published.
         */
        ShownOut: {
            /**
             * Artefact
             * @description the artefact's part of the protocol
             */
            artefact: unknown;
            /**
             * Artefact Id
             * Format: uuid
             */
            artefact_id: string;
            /**
             * Author Id
             * @description None on a published report: it is the team's
             */
            author_id: string | null;
            /**
             * Cycle Id
             * Format: uuid
             */
            cycle_id: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            } | null;
            /**
             * Mine
             * @description whether the reader agreed to publish it, and so may take it back
             */
            mine: boolean;
            /**
             * Model
             * @enum {string}
             */
            model: "instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice";
            title: components["schemas"]["Bilingual"];
        };
        /** SignatureIn */
        SignatureIn: {
            /** Revision */
            revision: number;
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
            /** Observers */
            observers: number;
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
             * Submitted
             * @description observers who handed in this slot; only for the round's own people
             */
            submitted?: number | null;
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
        };
        /**
         * Span
         * @description An aware [start, end).
         */
        Span: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * Stage
         * @description A named part of the cycle.
         */
        Stage: {
            /**
             * Acts
             * @description roles that open the stage and act in it, or `everyone`
             * @default [
             *       "everyone"
             *     ]
             */
            acts: string[];
            /**
             * Artefacts
             * @description what is written in it
             * @default []
             */
            artefacts: string[];
            /**
             * Back To
             * @description earlier stages that may be opened again from here
             * @default []
             */
            back_to: string[];
            /**
             * Enter When
             * @description what must be there to open it
             * @default []
             */
            enter_when: components["schemas"]["Condition"][];
            /**
             * Id
             * @description how moves name it
             */
            id: string;
            /**
             * Leave When
             * @description what must be there to go on from it
             * @default []
             */
            leave_when: components["schemas"]["Condition"][];
            /**
             * Optional
             * @description may be passed over (fixed order)
             * @default false
             */
            optional: boolean;
            /**
             * Prompts
             * @description sentences that help while it is open
             * @default []
             */
            prompts: components["schemas"]["Bilingual"][];
            /** @description one sentence: what this part is for */
            purpose: components["schemas"]["Bilingual"];
            /**
             * Questions
             * @description a bank of questions, by region
             * @default []
             */
            questions: components["schemas"]["Question"][];
            /**
             * Repeatable
             * @description may be opened more than once
             * @default false
             */
            repeatable: boolean;
            /**
             * Swaps
             * @description opening it begins a new turn: the parts go round
             * @default false
             */
            swaps: boolean;
            /** @description its heading */
            title: components["schemas"]["Bilingual"];
        };
        /** StageOut */
        StageOut: {
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * Stage
             * @enum {string}
             */
            stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
            /** Version */
            version: number;
        };
        /** StatementItem */
        StatementItem: {
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Core Element
             * @enum {string}
             */
            core_element: "teacher" | "student" | "content" | "task";
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /**
             * Focus Question Ids
             * @default []
             */
            focus_question_ids: string[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "statement";
            /**
             * Look For Ids
             * @default []
             */
            look_for_ids: string[];
            /**
             * Minute
             * @description since the slot's start, from 0
             */
            minute: number;
            /**
             * Nudge
             * @description what the writer did about words marked as judging
             * @default null
             */
            nudge: ("kept" | "reworded") | null;
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /** Words */
            words: string;
        };
        /** StatementTold */
        StatementTold: {
            /**
             * Core Element
             * @description null where figures by element are hidden
             */
            core_element: ("teacher" | "student" | "content" | "task") | null;
            /** Words */
            words: string;
        };
        /** SubmitItem */
        SubmitItem: {
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "submit";
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
        };
        /** Suggestion */
        Suggestion: {
            /** Closeness */
            closeness: number;
            /** Statement Ids */
            statement_ids: string[];
            /**
             * Words
             * @description what the statements share
             */
            words: string[];
        };
        /** Suggestions */
        Suggestions: {
            /**
             * Groups
             * @default []
             */
            groups: components["schemas"]["Suggestion"][];
            /**
             * Method
             * @description words: the extra is not installed
             */
            method?: ("model" | "words") | null;
            /**
             * State
             * @enum {string}
             */
            state: "none" | "working" | "done" | "failed";
            /**
             * Statements
             * @default 0
             */
            statements: number;
        };
        /**
         * SynthesisOut
         * @description The frozen words of a release.
         */
        SynthesisOut: {
            /** Release */
            release: number;
            /** Releases */
            releases: number[];
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
            synthesis: components["schemas"]["SynthesisTold"];
        };
        /** SynthesisTold */
        SynthesisTold: {
            /** Focus Questions */
            focus_questions: components["schemas"]["FocusQuestion"][];
            /** Next Level Of Work */
            next_level_of_work: components["schemas"]["Commitment"][];
            /** Patterns */
            patterns: components["schemas"]["PatternTold"][];
            /** Predictions */
            predictions: string[];
            /** Problem */
            problem: string;
            /** Theory Of Action */
            theory_of_action: string;
        };
        /** TeamOut */
        TeamOut: {
            /** Name */
            name: string;
            /** Observer Ids */
            observer_ids: string[];
            /**
             * Team Id
             * Format: uuid
             */
            team_id: string;
            /** Timekeeper Id */
            timekeeper_id: string | null;
        };
        /**
         * Text
         * @description The same sentence in the languages of the product.
         */
        Text: {
            /** En */
            en: string;
            /** Es */
            es: string;
        };
        /** Times */
        Times: {
            /** Items */
            items: components["schemas"]["Span"][];
        };
        /** TrainingList */
        TrainingList: {
            /** Items */
            items: components["schemas"]["NamedTraining"][];
        };
        /** TrainingsIn */
        TrainingsIn: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Person Ids */
            person_ids: string[];
            /** Training */
            training: string;
        };
        /**
         * Undo
         * @description Takes back a move of one's own, if what it moved is still where it put it.
         */
        Undo: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "undo";
            /**
             * Move Id
             * Format: uuid
             * @description UUIDv7 made by the page; sending it again is safe
             */
            move_id: string;
            /**
             * Of
             * Format: uuid
             */
            of: string;
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
        /**
         * Version
         * @description One thing that happened to a statement. Its time is the server's; who wrote it is told to nobody here.
         */
        Version: {
            /** Core Element */
            core_element?: ("teacher" | "student" | "content" | "task") | null;
            /** Late */
            late?: string | null;
            /** Minute */
            minute?: number | null;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Revision */
            revision?: number | null;
            /**
             * What
             * @enum {string}
             */
            what: "recorded" | "amended" | "kept_beside" | "withdrawn";
            /** Why */
            why?: string | null;
            /** Words */
            words?: string | null;
        };
        /** VersionOut */
        VersionOut: {
            /**
             * By
             * Format: uuid
             */
            by: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            } | null;
            /** Ready */
            ready: boolean;
            /** Revision */
            revision: number;
        };
        /** Versions */
        Versions: {
            /** Items */
            items: components["schemas"]["VersionOut"][];
        };
        /** Voice */
        Voice: {
            /**
             * Heard
             * @description the facilitator heard this person speak
             */
            heard: boolean;
            /** Moves */
            moves: number;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Screened */
            screened: number;
            /**
             * Spoken
             * @description any of the three
             */
            spoken: boolean;
        };
        /** Voices */
        Voices: {
            /** People */
            people: components["schemas"]["Voice"][];
        };
        /** Waiting */
        Waiting: {
            /** Commitments */
            commitments: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Open
             * @description commitments that nobody has reported on
             */
            open: number;
            /** Overdue */
            overdue: boolean;
            /**
             * Round Day
             * Format: date
             */
            round_day: string;
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
        };
        /** WaitingList */
        WaitingList: {
            /** Items */
            items: components["schemas"]["Waiting"][];
        };
        /** WithdrawItem */
        WithdrawItem: {
            /**
             * Client Id
             * Format: uuid
             * @description UUIDv7 made on the device; the item's identity for ever
             */
            client_id: string;
            /**
             * Device Time
             * Format: date-time
             * @description the device's clock when the item was written
             */
            device_time: string;
            /**
             * Elapsed Seconds
             * @description on the slot's timer
             * @default null
             */
            elapsed_seconds: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "withdraw";
            /**
             * Of
             * Format: uuid
             */
            of: string;
            /**
             * Seq
             * @description per device and user, dense from 1
             */
            seq: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /**
             * Why
             * @default null
             */
            why: ("clearer_words" | "not_what_was_seen" | "names_a_person" | "wrong_place" | "said_twice" | "other") | null;
        };
        /**
         * InSpanish
         * @description The same words in Spanish; a page lays them over the English ones.
         */
        services__rounds__capture__receipts__InSpanish: {
            /** Detail */
            detail: string;
            /**
             * Lang
             * @default es
             * @constant
             */
            lang: "es";
            /** Mend */
            mend?: string | null;
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
    post_batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaptureBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReceipt"];
                };
            };
        };
    };
    get_day: {
        parameters: {
            query?: {
                /** @description three weeks back without it */
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
                    "application/json": components["schemas"]["Day"];
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
    report_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceReport"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceSecret"];
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
    get_ledger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: string;
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
                    "application/json": components["schemas"]["Ledger"];
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
    get_progress: {
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
                    "application/json": components["schemas"]["Progress"];
                };
            };
        };
    };
    list_cycles: {
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
                    "application/json": components["schemas"]["Cycles"];
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
    begin_cycle: {
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
                "application/json": components["schemas"]["NewCycle"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Begun"];
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
    get_cycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    write_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgreementIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleOut"];
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
    write_artefact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArtefactIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleOut"];
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
    remove_artefact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    compare_versions: {
        parameters: {
            query: {
                left: number;
                right: number;
            };
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
                    "application/json": components["schemas"]["Compared"];
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
    agree_to_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicationIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleOut"];
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
    take_back_publication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    stop_sharing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
    list_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                artefact_id: string;
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
                    "application/json": components["schemas"]["Versions"];
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
    compare_counts: {
        parameters: {
            query: {
                before: string;
                after: string;
            };
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["Changes"];
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
    list_cycle_commitments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["CommitmentList"];
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
    cycle_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
    export_cycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["Exported"];
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
    finish: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleOut"];
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
    take_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    leave: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
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
    list_meetings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
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
                    "application/json": components["schemas"]["MeetingList"];
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
    arrange: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeetingsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeetingList"];
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
    move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                meeting_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeetingList"];
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
    call_off: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cycle_id: string;
                meeting_id: string;
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
                    "application/json": components["schemas"]["MeetingList"];
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
    offer_times: {
        parameters: {
            query?: {
                count?: number;
            };
            header?: never;
            path: {
                cycle_id: string;
                meeting_id: string;
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
                    "application/json": components["schemas"]["Times"];
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
    sign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleOut"];
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
    open_cycle_stage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
                stage: string;
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
                    "application/json": components["schemas"]["CycleOut"];
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
    list_follow_ups: {
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
                    "application/json": components["schemas"]["WaitingList"];
                };
            };
        };
    };
    list_mappings: {
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
                    "application/json": components["schemas"]["MappingPage"];
                };
            };
        };
    };
    mapping_template: {
        parameters: {
            query: {
                instrument: string;
                version: number;
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
                    "text/plain": string;
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
    list_observation_imports: {
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
                    "application/json": components["schemas"]["ObservationImportPage"];
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
    import_observations: {
        parameters: {
            query: {
                /** @description the school that was visited */
                school_id: string;
                /** @description key of a shipped mapping; else send `mapping` */
                instrument?: string | null;
                /** @description its name as the file writes it */
                school?: string | null;
                /** @description of dates that the file leaves open */
                day_order?: ("dmy" | "mdy") | null;
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /**
                     * Format: binary
                     * @description a mapping of one's own, YAML
                     */
                    mapping?: string;
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
                    "application/json": components["schemas"]["ObservationReport"];
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
    get_observation_import: {
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
                    "application/json": components["schemas"]["ObservationReport"];
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
    list_instruments: {
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
                    "application/json": components["schemas"]["InstrumentPage"];
                };
            };
        };
    };
    import_xlsform: {
        parameters: {
            query?: {
                /** @description without it: made of the form's id */
                key?: string | null;
                dry_run?: boolean;
            };
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
                    "application/json": components["schemas"]["ImportedForm"];
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
    get_instrument_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["DraftOut"];
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
    save_instrument_draft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftOut"];
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
    publish_instrument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstrumentSummary"];
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
    get_instrument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["Instrument"];
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
    instrument_as_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["Draft"];
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
    export_xlsform: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
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
    list_invitations: {
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
                    "application/json": components["schemas"]["Invitations"];
                };
            };
        };
    };
    answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitations"];
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
    get_calendar: {
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
                    "application/json": components["schemas"]["BusyOut"];
                };
            };
        };
    };
    bring_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusyOut"];
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
    forget_calendar: {
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
    my_coaching_events: {
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
                    "text/event-stream": string;
                };
            };
        };
    };
    list_my_commitments: {
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
                    "application/json": components["schemas"]["CommitmentList"];
                };
            };
        };
    };
    commit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                commitment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitmentIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitmentList"];
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
    look_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                commitment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevisitIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitmentList"];
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
    list_my_meetings: {
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
                    "application/json": components["schemas"]["MyMeetings"];
                };
            };
        };
    };
    drop_reminder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meeting_id: string;
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
    search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hits"];
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
    list_devices: {
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
                    "application/json": components["schemas"]["DevicePage"];
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
    list_own: {
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
                    "application/json": components["schemas"]["OwnProtocols"];
                };
            };
        };
    };
    keep_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProtocolText"];
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
    publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProtocolText"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Protocol"];
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
    list_partners: {
        parameters: {
            query?: {
                model?: ("instructional-rounds" | "peer-observation" | "cognitive-coaching" | "lesson-study" | "growing-expertise" | "reflective-practice") | null;
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
                    "application/json": components["schemas"]["PartnerPage"];
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
    get_my_profile: {
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
                    "application/json": components["schemas"]["MyProfile"];
                };
            };
        };
    };
    offer_myself: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyProfile"];
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
    leave_directory: {
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
    check_text: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProtocolText"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
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
    edit_text: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Edited"];
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
    get_schema: {
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
    list_protocols: {
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
                    "application/json": components["schemas"]["ProtocolList"];
                };
            };
        };
    };
    get_text: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["ProtocolText"];
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
    get_protocol: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["Protocol"];
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
    list_reports: {
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
                    "application/json": components["schemas"]["Shown"];
                };
            };
        };
    };
    take_back_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artefact_id: string;
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
    list_rounds: {
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
    acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcknowledgementIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preparation"];
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
    get_board: {
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
                    "application/json": components["schemas"]["BoardOut"];
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
            query?: {
                after?: number;
                /** @description version of the debrief that the page shows */
                debrief?: number | null;
            };
            header?: {
                "Last-Event-ID"?: number | null;
            };
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
    post_moves: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Moves"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MoveReceipts"];
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
    get_suggestions: {
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
                    "application/json": components["schemas"]["Suggestions"];
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
    ask_for_suggestions: {
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
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
    close_synthesis: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloseIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebriefOut"];
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
    get_debrief: {
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
                    "application/json": components["schemas"]["DebriefOut"];
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
    list_earlier_answers: {
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
                    "application/json": components["schemas"]["EarlierAnswers"];
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
    list_evidence: {
        parameters: {
            query?: {
                kind?: ("statement" | "rating") | null;
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["EvidencePage"];
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
    get_statement_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
                statement_id: string;
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
                    "application/json": components["schemas"]["History"];
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
    erase_statement_words: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
                statement_id: string;
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
    get_follow_up: {
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
                    "application/json": components["schemas"]["FollowUpOut"];
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
    set_follow_up_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DayIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpOut"];
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
    report_on_commitments: {
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
                "application/json": components["schemas"]["ReportsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpOut"];
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
    commit_next_level_of_work: {
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
                "application/json": components["schemas"]["NextLevelOfWorkIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebriefOut"];
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
    set_norms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NormsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preparation"];
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
    name_pattern: {
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
                "application/json": components["schemas"]["PatternIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatternOut"];
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
    change_pattern: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                round_id: string;
                pattern_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatternIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatternOut"];
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
    drop_pattern: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                round_id: string;
                pattern_id: string;
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
    write_predictions: {
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
                "application/json": components["schemas"]["PredictionsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebriefOut"];
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
    get_preparation: {
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
                    "application/json": components["schemas"]["Preparation"];
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
    write_problem_of_practice: {
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
                "application/json": components["schemas"]["ProblemOfPracticeIn"];
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
    get_round_protocol: {
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
                    "application/json": components["schemas"]["Protocol"];
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
    release_round: {
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
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseOut"];
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
    screen_statement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
                statement_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScreeningIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebriefOut"];
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
    open_stage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client's; repeating it repeats nothing. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                round_id: string;
                stage: "prepare" | "visit" | "describe" | "analyze" | "predict" | "next_level_of_work" | "follow_up";
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
                    "application/json": components["schemas"]["StageOut"];
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
    get_synthesis: {
        parameters: {
            query?: {
                /** @description without it: the newest */
                release?: number | null;
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
                    "application/json": components["schemas"]["SynthesisOut"];
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
    get_voices: {
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
                    "application/json": components["schemas"]["Voices"];
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
    hear_voice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeardIn"];
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
    list_shown: {
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
                    "application/json": components["schemas"]["Shown"];
                };
            };
        };
    };
    list_trainings: {
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
                    "application/json": components["schemas"]["TrainingList"];
                };
            };
        };
    };
    record: {
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
                "application/json": components["schemas"]["TrainingsIn"];
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
    list_my_trainings: {
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
                    "application/json": components["schemas"]["MyTrainings"];
                };
            };
        };
    };
}
