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
         *     hold up the others. Sending the same again is always safe.
         */
        post: operations["post_batch"];
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
    "/imports/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Observations
         * @description Takes the file in, whole or not at all; teachers' names and all addresses are dropped on the way.
         */
        post: operations["import_observations"];
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
         *     must read the board anew, `debrief` when stage, screening or patterns changed. The last event is `ended`:
         *     `closed` or `expired` (sign in again, then reconnect).
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
         * @description Closes the synthesis: from now on the evidence is no longer shown to the facilitator.
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
         * @description Admits a statement as evidence, or challenges it ("red dot"): anyone of the team may.
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
         * @description The released words: problem of practice, patterns, predictions, next level of work.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
            /** Words */
            words: string;
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
            items: (components["schemas"]["StatementItem"] | components["schemas"]["AmendItem"] | components["schemas"]["WithdrawItem"] | components["schemas"]["RatingItem"] | components["schemas"]["SubmitItem"])[];
            /**
             * Sent At
             * Format: date-time
             * @description the device's clock when it sends
             */
            sent_at: string;
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
        /** Choice */
        Choice: {
            /** Code */
            code: string;
            label: components["schemas"]["Text"];
        };
        /**
         * Commitment
         * @description One step of the next level of work. `revisit` names the later round or check that looks again.
         */
        Commitment: {
            /**
             * By When
             * @enum {string}
             */
            by_when: "next_week" | "next_month" | "end_of_year";
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
        /**
         * DebriefOut
         * @description For the round's own people.
         */
        DebriefOut: {
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
            title: components["schemas"]["Text"];
            /** Version */
            version: number;
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
        /** NextLevelOfWorkIn */
        NextLevelOfWorkIn: {
            /** Commitments */
            commitments: components["schemas"]["Commitment"][];
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
         * ObservationReport
         * @description What an import would do (`dry_run`), did (`applied`), or had done before (`unchanged`).
         */
        ObservationReport: {
            /** Columns Dropped */
            columns_dropped: string[];
            /** Columns Used */
            columns_used: number;
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
        /** PredictionsIn */
        PredictionsIn: {
            /** Predictions */
            predictions: string[];
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
            /** Value */
            value: string;
        };
        /** Reason */
        Reason: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
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
        /**
         * ReleasedPattern
         * @description A pattern as the school reads it. The figures are None when `hidden` says why in words; `classrooms`
         *     also where nearly all rooms show the pattern: then `classrooms_at_least` says how many do at least.
         */
        ReleasedPattern: {
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
         * ReleasedSynthesis
         * @description The frozen words of one release.
         */
        ReleasedSynthesis: {
            /** Focus Questions */
            focus_questions: components["schemas"]["FocusQuestion"][];
            /** Next Level Of Work */
            next_level_of_work: components["schemas"]["Commitment"][];
            /** Patterns */
            patterns: components["schemas"]["ReleasedPattern"][];
            /** Predictions */
            predictions: string[];
            /** Problem */
            problem: string;
            /** Theory Of Action */
            theory_of_action: string;
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
        /** RoundOut */
        RoundOut: {
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
            synthesis: components["schemas"]["ReleasedSynthesis"];
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
    import_observations: {
        parameters: {
            query: {
                /** @description key of a mapping */
                instrument: string;
                /** @description the school that was visited */
                school_id: string;
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
}
