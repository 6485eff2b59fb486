/* Made by "npm run types" from reporting.openapi.json; do not edit. */

export interface paths {
    "/district/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * District Difference
         * @description What the district's page told of each school at the ends of two days, and what changed between them.
         */
        get: operations["district_difference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * District Overview
         * @description All schools side by side, in a period: shares, changes, pooled shares, follow-through, planned and held.
         */
        get: operations["district_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/patterns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * District Patterns
         * @description Every school's newest released figures, by the schools' names.
         */
        get: operations["district_patterns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/patterns.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * District Patterns Csv
         * @description The same for all schools as CSV; of the rounds of a term where one is named.
         */
        get: operations["district_patterns_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/sections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sections
         * @description The periods whose figures by grade band and subject are frozen, newest first.
         */
        get: operations["list_sections"];
        put?: never;
        /**
         * Freeze Section
         * @description Freezes the figures of a period by grade band and subject, over at least three schools, after the audit; the
         *     one that stands where nothing was released since. Periods are equal to, or apart from, those frozen before.
         */
        post: operations["freeze_section"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/sections/{section_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Section
         * @description A section, as it was frozen.
         */
        get: operations["section"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/sections/{section_id}/figures.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Section Csv
         * @description The same as CSV, with rule, filters, date and section at the foot.
         */
        get: operations["section_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/sections/{section_id}/figures.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Section Pdf
         * @description The same as pages to hand on.
         */
        get: operations["section_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/district/sections/{section_id}/figures.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Section Xlsx
         * @description The same as an Excel workbook, with the rows of the CSV.
         */
        get: operations["section_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/dictionary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Extract Dictionary
         * @description What each column of an extract is.
         */
        get: operations["extract_dictionary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/difference.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Difference Csv
         * @description What every school's page told at the ends of two days, a share a row, and the difference with its interval:
         *     made of frozen snapshots, each of which its reader may read alone.
         */
        get: operations["difference_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/difference.parquet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Difference Parquet
         * @description The same as Parquet.
         */
        get: operations["difference_parquet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Extract
         * @description All released figures, oldest round first, by pages of releases.
         */
        get: operations["extract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/figures.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Extract Csv
         * @description The same in one CSV.
         */
        get: operations["extract_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/extracts/figures.parquet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Extract Parquet
         * @description The same as Parquet, typed, its dictionary in the columns' metadata.
         */
        get: operations["extract_parquet"];
        put?: never;
        post?: never;
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
    "/operations/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Projections
         * @description Version, checkpoint, lag, gaps, entries set aside and the newest rebuild of each projection.
         */
        get: operations["projections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/projections/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Projection Events
         * @description `projections` events, each the whole of GET projections: at once, at each step of a build, and every ten
         *     seconds when something has changed. The last event is `ended`, when the session expires.
         */
        get: operations["projection_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Rebuild
         * @description Pauses it, lets it go on, stops it, sets its pace.
         */
        put: operations["change_rebuild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/projections/{name}/rebuilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Rebuild
         * @description Builds it anew from the logs beside the live one, which answers meanwhile, and swaps it in; or brings the
         *     build before up to date and goes back to it. Entries set aside are tried again by a rebuild.
         */
        post: operations["ask_rebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/follow-through": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Through
         * @description How the commitments of a released round stood at the end of a day, by their places in the list.
         */
        get: operations["follow_through"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description The round's figures as they are now, for its facilitator, until synthesis closes.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/live/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live Agreement
         * @description How far observers of the same room agree, per look-for, so far. Nobody is named.
         */
        get: operations["live_agreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/live/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live Events
         * @description `figures` events, each the whole of GET live; none when Last-Event-ID is the newest. An id is `seq` and,
         *     after a dash, a digest of the figures. The last event is `ended`, with the reason: `closed` (read the released
         *     figures), `expired` (sign in again, then reconnect) or `gone`.
         */
        get: operations["live_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Released
         * @description A release of a round, as it was frozen.
         */
        get: operations["released"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/released.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Released Csv
         * @description The same as CSV.
         */
        get: operations["released_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/released.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Released Pdf
         * @description A release of a round as pages to hand to staff: sentences, patterns, shares, next level of work.
         */
        get: operations["released_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{round_id}/released.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Released Xlsx
         * @description A release of a round as an Excel workbook, with the rows of the CSV.
         */
        get: operations["released_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * School Difference
         * @description What changed of a school's released figures between the ends of two days.
         */
        get: operations["school_difference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * School Summary
         * @description What was released of a school's rounds: the newest figures, and which releases there are.
         */
        get: operations["school_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schools/{school_id}/summary.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * School Summary Csv
         * @description The newest release as CSV; without one, the same columns and a line that says so.
         */
        get: operations["school_summary_csv"];
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
        /**
         * AgreementLine
         * @description Krippendorff's alpha with its 95% interval; null without enough overlap (fewer than 5 rooms that two rated).
         */
        AgreementLine: {
            /** Alpha */
            alpha: number | null;
            /** High */
            high: number | null;
            /** Look For */
            look_for: string;
            /** Low */
            low: number | null;
            /** Rooms */
            rooms: number;
            /** Slots */
            slots: number;
        };
        /**
         * AsideEntry
         * @description An entry that could not be applied. `error` in full for those of one's own district; operators alone see
         *     others.
         */
        AsideEntry: {
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
        /** AskRebuild */
        AskRebuild: {
            /**
             * Events Per Second
             * @description entries per second; null: as fast as it goes
             */
            events_per_second?: number | null;
            /**
             * Kind
             * @default rebuild
             * @enum {string}
             */
            kind: "rebuild" | "rollback";
        };
        /** Base */
        Base: {
            /** Classrooms */
            classrooms: number;
            /** Observers */
            observers: number;
            /** Visits */
            visits: number;
        };
        /**
         * BlockedRelease
         * @description A release that the audit kept back, and why: each reason once.
         */
        BlockedRelease: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Reasons */
            reasons: components["schemas"]["Reason"][];
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
        };
        /**
         * Cell
         * @description One share of one table.
         *
         *     state `told`: `count`, `share` (0-1), `low` and `high` (95% interval, rounded outwards to whole
         *     percent), `certainty`. `coded`: `at_most` or `at_least` of the table's `n` and nothing nearer.
         *     `hidden`: `why` and nothing else.
         */
        Cell: {
            /** At Least */
            at_least?: number | null;
            /** At Most */
            at_most?: number | null;
            /** Category */
            category: string;
            /** Certainty */
            certainty?: ("fair" | "rough" | "too_few_to_say") | null;
            /** Count */
            count?: number | null;
            /** High */
            high?: number | null;
            /** Low */
            low?: number | null;
            /** Share */
            share?: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "told" | "coded" | "hidden";
            /** Text */
            text: string;
            why?: components["schemas"]["Hidden"] | null;
        };
        /**
         * Change
         * @description One share in two states. `difference`, `low` and `high` are in shares (-1 to 1), after less before.
         *     `cannot_say`: it is coded, hidden or absent in one of the two; `asked_later`: a focus question that the earlier
         *     round did not have; then nothing else is given.
         */
        Change: {
            /** After */
            after?: number | null;
            /** Before */
            before?: number | null;
            /** Category */
            category: string;
            /**
             * Definition
             * @enum {string}
             */
            definition: "core_element.visits" | "core_element.statements" | "statements.judgmental" | "focus_question.visits" | "look_for.visits" | "look_for.answers" | "look_for.options" | "look_for.intervals";
            /** Difference */
            difference?: number | null;
            /** High */
            high?: number | null;
            /** Low */
            low?: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "told" | "cannot_say" | "asked_later";
            /** Subject */
            subject: string | null;
            /** Verdict */
            verdict?: ("more" | "less" | "no_clear_change") | null;
        };
        /**
         * ChangeRebuild
         * @description `state` and pace of the build that is on its way; both are set.
         */
        ChangeRebuild: {
            /**
             * Events Per Second
             * @description entries per second; null: as fast as it goes
             */
            events_per_second?: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "paused" | "cancelled";
        };
        /** Column */
        Column: {
            /** Column */
            column: string;
            /** Meaning */
            meaning: string;
            /** Type */
            type: string;
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
        /** Dictionary */
        Dictionary: {
            /** Items */
            items: components["schemas"]["Column"][];
        };
        /**
         * Difference
         * @description What a school's page told at the end of two days, and what changed between the two: the rounds released
         *     meanwhile, and each share of the newer state against the older.
         */
        Difference: {
            after: components["schemas"]["ReleaseLine"] | null;
            before: components["schemas"]["ReleaseLine"] | null;
            /** Changes */
            changes: components["schemas"]["Change"][];
            /**
             * From Day
             * Format: date
             */
            from_day: string;
            /**
             * Method
             * @default mover
             */
            method: string;
            /** Name */
            name: string | null;
            /** Released Between */
            released_between: components["schemas"]["ReleaseLine"][];
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * To Day
             * Format: date
             */
            to_day: string;
        };
        /**
         * DistrictDifference
         * @description Schools by name; there is no other order.
         */
        DistrictDifference: {
            /**
             * From Day
             * Format: date
             */
            from_day: string;
            /** Items */
            items: components["schemas"]["SchoolDifference"][];
            /**
             * Method
             * @default mover
             */
            method: string;
            /**
             * To Day
             * Format: date
             */
            to_day: string;
        };
        /**
         * DistrictPatterns
         * @description Schools by name. There is no other order: schools are not ranked.
         */
        DistrictPatterns: {
            /** Items */
            items: components["schemas"]["SchoolPatterns"][];
            /** Next */
            next: string | null;
        };
        /**
         * FollowThrough
         * @description How many commitments a round made, and what became of them. `due`: neither kept nor given up, and their time has
         *     come. `checked`: the check that was agreed on took place. `open`: nobody has said yet.
         */
        FollowThrough: {
            /** Checked */
            checked: boolean;
            /** Due */
            due: number;
            /** Given Up */
            given_up: number;
            /** Kept */
            kept: number;
            /** Made */
            made: number;
            /** Not Yet */
            not_yet: number;
            /** Open */
            open: number;
            /** Partly */
            partly: number;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /**
         * Hidden
         * @description Why something is not told. `key` and `n` are for translation, `text` is plain English.
         */
        Hidden: {
            /** Key */
            key: string;
            /** N */
            n: number;
            /** Text */
            text: string;
        };
        /** LiveAgreement */
        LiveAgreement: {
            /** Items */
            items: components["schemas"]["AgreementLine"][];
            /**
             * Least Rooms
             * @default 5
             */
            least_rooms: number;
            /**
             * Method
             * @default krippendorff_alpha
             */
            method: string;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
        };
        /**
         * LiveCell
         * @description `share` and the limits of its 95% interval go from 0 to 1.
         */
        LiveCell: {
            /** Category */
            category: string;
            /**
             * Certainty
             * @enum {string}
             */
            certainty: "fair" | "rough" | "too_few_to_say";
            /** Count */
            count: number;
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Share */
            share: number;
        };
        /**
         * LiveFigures
         * @description `seq` grows with every event of the round; of one build, the same `seq` is the same answer.
         */
        LiveFigures: {
            /** Classrooms */
            classrooms: number;
            /**
             * Confidence
             * @default 0.95
             */
            confidence: number;
            /** Day */
            day: string | null;
            /** Judgmental */
            judgmental: number;
            /**
             * Method
             * @default korn_graubard
             */
            method: string;
            /** Observers */
            observers: number;
            /** Observers Planned */
            observers_planned: number;
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
            /** Seq */
            seq: number;
            /** Slots */
            slots: components["schemas"]["LiveSlot"][];
            /** Slots Planned */
            slots_planned: number;
            /** Stage */
            stage: string;
            /** Statements */
            statements: number;
            /** Tables */
            tables: components["schemas"]["LiveTable"][];
            /** Visits */
            visits: number;
        };
        /**
         * LiveSlot
         * @description One visit. `observers` reported from it, `submitted` of them have handed in.
         */
        LiveSlot: {
            /** Core */
            core: {
                [key: string]: number;
            };
            /** Observers */
            observers: number;
            /**
             * Slot Id
             * Format: uuid
             */
            slot_id: string;
            /** Statements */
            statements: number;
            /** Submitted */
            submitted: number;
        };
        /**
         * LiveTable
         * @description As a released table, with every cell. `not_rated`: answers outside of `n`, by reason.
         */
        LiveTable: {
            /** Cells */
            cells: components["schemas"]["LiveCell"][];
            /**
             * Definition
             * @enum {string}
             */
            definition: "core_element.visits" | "core_element.statements" | "statements.judgmental" | "focus_question.visits" | "look_for.visits" | "look_for.answers" | "look_for.options" | "look_for.intervals";
            /** N */
            n: number;
            /**
             * Not Rated
             * @default {}
             */
            not_rated: {
                [key: string]: number;
            };
            /** Subject */
            subject: string | null;
            /**
             * Unit
             * @enum {string}
             */
            unit: "visit" | "statement" | "answer" | "interval";
        };
        /**
         * LookForChoice
         * @description A look-for that some school has answers to: one of the choices for `columns`.
         */
        LookForChoice: {
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /** Look For */
            look_for: string;
        };
        /**
         * Overview
         * @description Schools by name; there is no other order. `pooled_over`: schools whose shares were pooled, 0 when too few.
         */
        Overview: {
            /** As Of */
            as_of: string | null;
            /** Columns */
            columns: string;
            /** Items */
            items: components["schemas"]["SchoolLine"][];
            /** Look Fors */
            look_fors: components["schemas"]["LookForChoice"][];
            /** Pooled Over */
            pooled_over: number;
            /**
             * Pooling
             * @default beta_binomial_empirical_bayes
             */
            pooling: string;
            /** Since */
            since: string | null;
            /** Until */
            until: string | null;
        };
        /** Period */
        Period: {
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
         * PooledShare
         * @description A school's share with what is usual in the district taken into account; whole percents. `own`: how much of it is
         *     the school's own, 0 to 1.
         */
        PooledShare: {
            /** Element */
            element: string;
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Own */
            own: number;
            /** Share */
            share: number;
        };
        /**
         * ProjectionState
         * @description `previous`: the build before, kept to go back to. `rebuild`: the newest that was asked for.
         */
        ProjectionState: {
            /** Built */
            built: string;
            /** Name */
            name: string;
            /** Previous */
            previous: string | null;
            /** Problems */
            problems: string[];
            rebuild: components["schemas"]["Rebuild"] | null;
            /** Set Aside */
            set_aside: components["schemas"]["AsideEntry"][];
            /** Sources */
            sources: components["schemas"]["SourceState"][];
            /** Version */
            version: number;
        };
        /**
         * Projections
         * @description `may_change`: whether the reader's district operates the installation. Otherwise it sees the state of the read
         *     models, and of the entries that were set aside its own.
         */
        Projections: {
            /** Items */
            items: components["schemas"]["ProjectionState"][];
            /** May Change */
            may_change: boolean;
        };
        /**
         * Reason
         * @description Why a release was kept back, of which table (null: of all). `code`, `definition` and `subject` are for
         *     translation, `text` and `mend` are plain English. No count is named, no answer and nobody.
         */
        Reason: {
            /**
             * Code
             * @enum {string}
             */
            code: "pinned" | "pinned_between" | "pinned_by_sections" | "below_rule" | "few_classrooms" | "few_observers" | "small_difference" | "telling_reason" | "not_checked";
            /** Definition */
            definition: ("core_element.visits" | "core_element.statements" | "statements.judgmental" | "focus_question.visits" | "look_for.visits" | "look_for.answers" | "look_for.options" | "look_for.intervals") | null;
            /** Mend */
            mend: string;
            /** Subject */
            subject: string | null;
            /** Text */
            text: string;
        };
        /**
         * Rebuild
         * @description A build that was asked for: `applied` of about `total` entries are in. `stands_still`: it should run, and has
         *     made no step for 30 seconds; `error` may say why.
         */
        Rebuild: {
            /** Applied */
            applied: number;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Error */
            error: string | null;
            /** Events Per Second */
            events_per_second: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "rebuild" | "rollback";
            /**
             * Progressed At
             * Format: date-time
             */
            progressed_at: string;
            /** Stands Still */
            stands_still: boolean;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "paused" | "cancelled" | "live" | "failed";
            /** Total */
            total: number | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ReleaseLine
         * @description One release in a list. `as_of`: when its newest event was recorded.
         */
        ReleaseLine: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * Snapshot Id
             * Format: uuid
             */
            snapshot_id: string;
        };
        /**
         * ReleasedTable
         * @description `definition` is a heading of docs/figures.md. `subject`: the core element, focus question id or
         *     look-for id that it is about; null for the spread of statements over core elements. `n` units of
         *     `unit`; null when hidden. `rest`: why the other answers are not named. `not_rated`: answers outside
         *     of `n`, and how they split where that may be told.
         */
        ReleasedTable: {
            /**
             * Cells
             * @default []
             */
            cells: components["schemas"]["Cell"][];
            /**
             * Definition
             * @enum {string}
             */
            definition: "core_element.visits" | "core_element.statements" | "statements.judgmental" | "focus_question.visits" | "look_for.visits" | "look_for.answers" | "look_for.options" | "look_for.intervals";
            hidden?: components["schemas"]["Hidden"] | null;
            /** N */
            n?: number | null;
            /** Not Rated */
            not_rated?: number | null;
            /**
             * Not Rated Cells
             * @default []
             */
            not_rated_cells: components["schemas"]["Cell"][];
            rest?: components["schemas"]["Hidden"] | null;
            /** Subject */
            subject: string | null;
            /**
             * Unit
             * @enum {string}
             */
            unit: "visit" | "statement" | "answer" | "interval";
        };
        /**
         * RoundFollowThrough
         * @description `check_on`: the day on which the commitments are looked at again; null while none is set. `checked`: that check
         *     took place.
         */
        RoundFollowThrough: {
            /** As Of */
            as_of: string | null;
            /** Check On */
            check_on: string | null;
            /** Checked */
            checked: boolean;
            /** Commitments */
            commitments: components["schemas"]["Standing"][];
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
        };
        /**
         * Row
         * @description A released share. The data dictionary stands in the catalogue, `columns`.
         */
        Row: {
            /**
             * As Of
             * Format: date-time
             * @description when the newest event that it knows was recorded, UTC
             */
            as_of: string;
            /**
             * At Least
             * @description the least units that have it; only when coded so
             */
            at_least: number | null;
            /**
             * At Most
             * @description the most units that may have it; only when coded so
             */
            at_most: number | null;
            /**
             * Category
             * @description the category whose share it is; `with` for a share of visits, `other` for answers that are not named, empty where the table is hidden whole
             */
            category: string;
            /**
             * Certainty
             * @description fair, rough or too_few_to_say; see docs/figures.md
             */
            certainty: string | null;
            /**
             * Count
             * @description units that have it; only when told
             */
            count: number | null;
            /**
             * Day
             * Format: date
             * @description its day, in the district's time zone
             */
            day: string;
            /**
             * Definition
             * @description what is counted: a heading of docs/figures.md
             */
            definition: string;
            /**
             * High
             * @description upper limit of the 95% interval, rounded outwards; only when told
             */
            high: number | null;
            /**
             * Instrument
             * @description key and version of the instrument
             */
            instrument: string;
            /**
             * Low
             * @description lower limit of the 95% interval, rounded outwards; only when told
             */
            low: number | null;
            /**
             * N
             * @description units counted; empty when hidden
             */
            n: number | null;
            /**
             * Not Rated
             * @description answers of the look-for outside of n: not observed or not applicable; empty for other tables
             */
            not_rated: number | null;
            /**
             * Release
             * @description which release of the round, from 1; a later one takes up corrections
             */
            release: number;
            /**
             * Round Id
             * Format: uuid
             * @description the round
             */
            round_id: string;
            /**
             * School
             * @description its name when the extract was made
             */
            school: string;
            /**
             * School Id
             * Format: uuid
             * @description the school
             */
            school_id: string;
            /**
             * Share
             * @description count / n, 0 to 1; only when told
             */
            share: number | null;
            /**
             * Snapshot Id
             * Format: uuid
             * @description the frozen snapshot that the figure stands in
             */
            snapshot_id: string;
            /**
             * State
             * @description told, coded (only a bound is told) or hidden
             */
            state: string;
            /**
             * Subject
             * @description the core element, focus question or look-for that it is about
             */
            subject: string | null;
            /**
             * Unit
             * @description what one unit is: visit, statement, answer or interval
             */
            unit: string;
            /**
             * Why
             * @description why it is hidden, a key of docs/figures.md
             */
            why: string | null;
        };
        /** Rows */
        Rows: {
            /** Items */
            items: components["schemas"]["Row"][];
            /** Next */
            next: string | null;
        };
        /**
         * Rule
         * @description Least numbers behind any table. A district may raise them, never lower.
         */
        Rule: {
            /**
             * Classrooms
             * @default 5
             */
            classrooms: number;
            /**
             * Observers
             * @default 3
             */
            observers: number;
            /**
             * Visits
             * @default 5
             */
            visits: number;
        };
        /**
         * SchoolDifference
         * @description `before`, `after`: the release that the school's page led with at the end of either day. `state`: `none` where
         *     there was none on either, `first` where on the later day alone, `same` where it is one and the same. `changes`:
         *     shares of visits by core element, the newer state against the older; empty unless `changed`.
         */
        SchoolDifference: {
            after: components["schemas"]["ReleaseLine"] | null;
            before: components["schemas"]["ReleaseLine"] | null;
            /**
             * Changes
             * @default []
             */
            changes: components["schemas"]["Change"][];
            /** Name */
            name: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "none" | "first" | "same" | "changed";
        };
        /**
         * SchoolLine
         * @description One school. `snapshot_id` to `core` are null when nothing was released in the period. `base`: the visits held and
         *     their classrooms and observers, as released; null when hidden. `visits_planned`: the slots of that same round;
         *     `slots_planned` those of all. `shown`: the released tables that were chosen as columns. `statements_per_visit`: from
         *     released totals. `judgmental`: the share of statements that judge. `commitments`: what became of the round's next
         *     level of work. `enough`: whether it can be spoken of.
         */
        SchoolLine: {
            /** As Of */
            as_of?: string | null;
            base?: components["schemas"]["Base"] | null;
            /**
             * Changes
             * @default []
             */
            changes: components["schemas"]["Change"][];
            commitments?: components["schemas"]["FollowThrough"] | null;
            /**
             * Core
             * @default []
             */
            core: components["schemas"]["ReleasedTable"][];
            /**
             * Coverage
             * @default not_visited
             * @enum {string}
             */
            coverage: "enough" | "too_few" | "no_release" | "not_visited";
            /** Day */
            day?: string | null;
            hidden?: components["schemas"]["Hidden"] | null;
            judgmental?: components["schemas"]["Cell"] | null;
            /** Name */
            name: string;
            /**
             * Pooled
             * @default []
             */
            pooled: components["schemas"]["PooledShare"][];
            /** Release */
            release?: number | null;
            /** Round Id */
            round_id?: string | null;
            /**
             * Rounds Held
             * @default 0
             */
            rounds_held: number;
            /**
             * Rounds Planned
             * @default 0
             */
            rounds_planned: number;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * Shown
             * @default []
             */
            shown: components["schemas"]["ReleasedTable"][];
            /**
             * Slots Planned
             * @default 0
             */
            slots_planned: number;
            /** Snapshot Id */
            snapshot_id?: string | null;
            /** Statements Per Visit */
            statements_per_visit?: number | null;
            /**
             * Visits Planned
             * @default 0
             */
            visits_planned: number;
        };
        /** SchoolPatterns */
        SchoolPatterns: {
            latest: components["schemas"]["Snapshot"] | null;
            /** Name */
            name: string;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
        };
        /**
         * SchoolSummary
         * @description `latest`: the newest release of the newest round; null when nothing was released yet. `lead` says in three
         *     sentences what was seen, how sure that is and what changed; `ask` what to ask next. `changes` compares with the
         *     school's round before (`before`). `trend`: each round's newest release, oldest first. All as it was known at the
         *     end of `as_of` (a day of the district); null: now.
         */
        SchoolSummary: {
            /** As Of */
            as_of: string | null;
            /**
             * Ask
             * @default []
             */
            ask: components["schemas"]["Sentence"][];
            before?: components["schemas"]["ReleaseLine"] | null;
            /**
             * Blocked
             * @default []
             */
            blocked: components["schemas"]["BlockedRelease"][];
            /**
             * Changes
             * @default []
             */
            changes: components["schemas"]["Change"][];
            latest: components["schemas"]["Snapshot"] | null;
            /**
             * Lead
             * @default []
             */
            lead: components["schemas"]["Sentence"][];
            /** Name */
            name: string | null;
            /** Releases */
            releases: components["schemas"]["ReleaseLine"][];
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /**
             * Trend
             * @default []
             */
            trend: components["schemas"]["TrendPoint"][];
        };
        /**
         * Section
         * @description The period's released rounds by grade band and subject, as of `as_of`, for ever. `release` counts from 1 within
         *     the period. `rounds`, `schools`: how many stand behind it. `rules`: the version of what may be told (`RULES`) that
         *     it was made by, 1 before that was written down.
         */
        Section: {
            /**
             * Agreement
             * @default []
             */
            agreement: components["schemas"]["SectionAgreement"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /**
             * Confidence
             * @default 0.95
             */
            confidence: number;
            /** Groups */
            groups: components["schemas"]["SectionGroup"][];
            /**
             * Least Schools
             * @default 3
             */
            least_schools: number;
            /**
             * Method
             * @default korn_graubard
             */
            method: string;
            /** Release */
            release: number;
            /** Rounds */
            rounds: number;
            rule: components["schemas"]["Rule"];
            /**
             * Rules
             * @default 1
             */
            rules: number;
            /** Schools */
            schools: number;
            /**
             * Section Id
             * Format: uuid
             */
            section_id: string;
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
         * SectionAgreement
         * @description Krippendorff's alpha of a look-for over the rooms of all schools that two or more observers rated, to one
         *     decimal; 0, without limits, for none or less; null, with a reason, when too few.
         */
        SectionAgreement: {
            /** Alpha */
            alpha?: number | null;
            hidden?: components["schemas"]["Hidden"] | null;
            /** High */
            high?: number | null;
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /** Look For */
            look_for: string;
            /** Low */
            low?: number | null;
        };
        /**
         * SectionGroup
         * @description A grade band and subject of the menu; null is all of them. `n`: visits, null when `hidden`. `cells`: the share of
         *     visits with a statement of each core element (the cell's category).
         */
        SectionGroup: {
            /**
             * Cells
             * @default []
             */
            cells: components["schemas"]["Cell"][];
            /** Grade Band */
            grade_band: string | null;
            hidden?: components["schemas"]["Hidden"] | null;
            /** N */
            n?: number | null;
            /** Subject */
            subject: string | null;
        };
        /**
         * SectionLine
         * @description One section in a list.
         */
        SectionLine: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Release */
            release: number;
            /**
             * Section Id
             * Format: uuid
             */
            section_id: string;
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
        /** SectionList */
        SectionList: {
            /** Items */
            items: components["schemas"]["SectionLine"][];
        };
        /**
         * Sentence
         * @description `key` and `params` for translation (shares are whole percent), `text` is plain English.
         */
        Sentence: {
            /** Key */
            key: string;
            /**
             * Params
             * @default {}
             */
            params: {
                [key: string]: string | number;
            };
            /** Text */
            text: string;
        };
        /**
         * Snapshot
         * @description The figures of one round as released, for ever. `as_of`: when the last event that they know was
         *     recorded; `held`: why some figures stay as the release before told them. `rules`: the version of what may be told
         *     (`RULES`) that it was made by, 1 before that was written down; `older`: that today's are stricter, so that some of
         *     it is told no more (never frozen: `older.py`).
         */
        Snapshot: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            base: components["schemas"]["Base"] | null;
            /**
             * Confidence
             * @default 0.95
             */
            confidence: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            held?: components["schemas"]["Hidden"] | null;
            hidden?: components["schemas"]["Hidden"] | null;
            /** Instrument */
            instrument: string;
            /** Instrument Version */
            instrument_version: number;
            /**
             * Method
             * @default korn_graubard
             */
            method: string;
            older?: components["schemas"]["Hidden"] | null;
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            rule: components["schemas"]["Rule"];
            /**
             * Rules
             * @default 1
             */
            rules: number;
            /**
             * School Id
             * Format: uuid
             */
            school_id: string;
            /** Sentences */
            sentences: components["schemas"]["Sentence"][];
            /**
             * Snapshot Id
             * Format: uuid
             */
            snapshot_id: string;
            /** Tables */
            tables: components["schemas"]["ReleasedTable"][];
        };
        /**
         * SourceState
         * @description `checkpoint`: the place in the source's log that the tables hold. `lag`: entries behind its head;
         *     null when the source does not answer. `gaps`: holes in what was delivered, `refilled` entries fetched for them.
         */
        SourceState: {
            /**
             * Applied At
             * Format: date-time
             */
            applied_at: string;
            /** Checkpoint */
            checkpoint: number;
            /** Gaps */
            gaps: number;
            /** Lag */
            lag: number | null;
            /** Last Gap At */
            last_gap_at: string | null;
            /** Refilled */
            refilled: number;
            /** Source */
            source: string;
        };
        /**
         * Standing
         * @description One commitment of the next level of work by its place in the list. `status`: null until somebody looked again.
         */
        Standing: {
            /**
             * By When
             * @enum {string}
             */
            by_when: "next_week" | "next_month" | "end_of_year";
            /** Number */
            number: number;
            /** Status */
            status: ("kept" | "partly" | "not_yet" | "given_up") | null;
        };
        /**
         * TrendPoint
         * @description A round's shares of visits by core element, as released.
         */
        TrendPoint: {
            /** Core */
            core: components["schemas"]["ReleasedTable"][];
            /**
             * Day
             * Format: date
             */
            day: string;
            hidden: components["schemas"]["Hidden"] | null;
            /** Release */
            release: number;
            /**
             * Round Id
             * Format: uuid
             */
            round_id: string;
            /**
             * Snapshot Id
             * Format: uuid
             */
            snapshot_id: string;
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
    district_difference: {
        parameters: {
            query: {
                /** @description the earlier day */
                from: string;
                /** @description the later day */
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
                    "application/json": components["schemas"]["DistrictDifference"];
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
    district_overview: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description rounds from this day on: a term's first day */
                since?: string | null;
                /** @description rounds until this day: a term's last day */
                until?: string | null;
                /** @description what `shown` holds: `core`, `look_fors` (shares of visits tagged with each), or the answers to one look-for, by its instrument and id: `instructional-core/demand` */
                columns?: string;
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
                    "application/json": components["schemas"]["Overview"];
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
    district_patterns: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "application/json": components["schemas"]["DistrictPatterns"];
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
    district_patterns_csv: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description rounds from this day on: a term's first day */
                since?: string | null;
                /** @description rounds until this day: a term's last day */
                until?: string | null;
                /** @description of what is told in words; columns and codes stay */
                language?: "en" | "es";
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
                    "text/csv": string;
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
    list_sections: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "application/json": components["schemas"]["SectionList"];
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
    freeze_section: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Period"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Section"];
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
    section: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section_id: string;
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
                    "application/json": components["schemas"]["Section"];
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
    section_csv: {
        parameters: {
            query?: {
                /** @description of the words around the figures */
                language?: "en" | "es";
            };
            header?: never;
            path: {
                section_id: string;
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
                    "text/csv": string;
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
    section_pdf: {
        parameters: {
            query?: {
                /** @description of the words around the figures */
                language?: "en" | "es";
            };
            header?: never;
            path: {
                section_id: string;
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
                    "application/pdf": string;
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
    section_xlsx: {
        parameters: {
            query?: {
                /** @description of the words around the figures */
                language?: "en" | "es";
            };
            header?: never;
            path: {
                section_id: string;
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
    extract_dictionary: {
        parameters: {
            query?: {
                /** @description of which extract */
                extract?: "figures" | "difference";
                /** @description of the meanings; the columns' names stay */
                language?: "en" | "es";
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
                    "application/json": components["schemas"]["Dictionary"];
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
    difference_csv: {
        parameters: {
            query: {
                /** @description the earlier day */
                from: string;
                /** @description the later day */
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
                    "text/csv; charset=utf-8": string;
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
    difference_parquet: {
        parameters: {
            query: {
                /** @description the earlier day */
                from: string;
                /** @description the later day */
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
                    "application/vnd.apache.parquet": string;
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
    extract: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                after?: string | null;
                /** @description releases a page; each has some tens of rows */
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
                    "application/json": components["schemas"]["Rows"];
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
    extract_csv: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "text/csv; charset=utf-8": string;
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
    extract_parquet: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "application/vnd.apache.parquet": string;
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
    projections: {
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
                    "application/json": components["schemas"]["Projections"];
                };
            };
        };
    };
    projection_events: {
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
    change_rebuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRebuild"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rebuild"];
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
    ask_rebuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskRebuild"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rebuild"];
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
    follow_through: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "application/json": components["schemas"]["RoundFollowThrough"];
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
    live: {
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
                    "application/json": components["schemas"]["LiveFigures"];
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
    live_agreement: {
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
                    "application/json": components["schemas"]["LiveAgreement"];
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
    live_events: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string | null;
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
    released: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description without it, the newest */
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
                    "application/json": components["schemas"]["Snapshot"];
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
    released_csv: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description without it, the newest */
                release?: number | null;
                /** @description of what is told in words; columns and codes stay */
                language?: "en" | "es";
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
                    "text/csv": string;
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
    released_pdf: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description without it, the newest */
                release?: number | null;
                /** @description of the words around the figures */
                language?: "en" | "es";
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
                    "application/pdf": string;
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
    released_xlsx: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description without it, the newest */
                release?: number | null;
                /** @description of the words around the figures */
                language?: "en" | "es";
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
    school_difference: {
        parameters: {
            query: {
                /** @description the earlier day */
                from: string;
                /** @description the later day */
                to: string;
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
                    "application/json": components["schemas"]["Difference"];
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
    school_summary: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
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
                    "application/json": components["schemas"]["SchoolSummary"];
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
    school_summary_csv: {
        parameters: {
            query?: {
                /** @description as it was known when this day of the district ended */
                as_of?: string | null;
                /** @description of what is told in words; columns and codes stay */
                language?: "en" | "es";
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
                    "text/csv": string;
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
