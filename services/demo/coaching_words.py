"""What the demo's people write while they coach each other: steps of (who, what, content).

What is `open` (a stage), `commit`, an artefact's name, or `again NAME` for a new version of it.
"""

from __future__ import annotations

from typing import Any

Step = tuple[int, str, Any]

OFFERS: tuple[dict[str, Any], ...] = (
    {
        "models": ["peer-observation", "lesson-study", "reflective-practice"],
        "interests": ["partner talk", "fractions"],
        "subjects": ["Mathematics", "Science"],
        "grade_bands": ["3-5", "6-8"],
        "languages": ["English", "Spanish"],
        "free": [{"weekday": 2, "starts": "14:30", "ends": "15:45"}],
    },
    {
        "models": ["peer-observation", "lesson-study", "growing-expertise"],
        "interests": ["partner talk", "reading aloud"],
        "subjects": ["Mathematics", "Reading"],
        "grade_bands": ["K-2", "3-5"],
        "languages": ["English"],
        "free": [
            {"weekday": 2, "starts": "14:00", "ends": "15:15"},
            {"weekday": 4, "starts": "07:30", "ends": "08:15"},
        ],
    },
    {
        "models": ["cognitive-coaching", "lesson-study", "reflective-practice"],
        "interests": ["questioning", "fractions"],
        "subjects": ["English", "Social studies"],
        "grade_bands": ["6-8", "9-12"],
        "languages": ["English", "Spanish"],
        "free": [{"weekday": 2, "starts": "14:15", "ends": "16:00"}],
    },
)
GOALS = {
    "peer-observation": (
        "Students give reasons to each other in every lesson",
        "Half of the class speaks to a partner",
    ),
    "cognitive-coaching": ("Lead staff meetings that end in one decision", "Minutes show one decision with a name"),
    "lesson-study": ("Understand how students compare fractions", "Case students explain without being asked"),
    "growing-expertise": ("More students justify an answer in writing", "The unit check shows more justified answers"),
    "reflective-practice": ("Write once a week about one moment", "Twelve pages by the end of term"),
}
PEER: tuple[Step, ...] = (
    (0, "open", "pre-conference"),
    (
        0,
        "focus",
        {
            "question": "Who speaks to whom after I ask a question?",
            "look-for": "Partners answer each other before anybody answers me.",
            "leave-out": ["voice", "room"],
            "day": "+2",
            "lesson": "Mathematics, Room 104, second period",
        },
    ),
    (1, "open", "observe"),
    (
        1,
        "observation-notes",
        {
            "notes": [
                {
                    "minute": 4,
                    "seen": "“Tell your partner how you know.” Seven of eleven pairs spoke within ten seconds.",
                },
                {"minute": 9, "seen": "One student asked another: “Why did you divide?”"},
                {"minute": 17, "seen": "Teacher asked four questions in a row; the same three students answered."},
            ],
            "summary": "Partner talk began quickly and ended when the whole-class questions came.",
        },
    ),
    (0, "open", "feedback-conference"),
    (
        0,
        "own-view",
        {"went": "Pairs talked more than last week.", "surprised": "I did not notice the same three students."},
    ),
)
COACHING: tuple[Step, ...] = (
    (0, "open", "planning"),
    (
        0,
        "planning-map",
        {
            "regions": ["goals", "success"],
            "asked": [
                {
                    "question": "What will you see and hear when it is working?",
                    "heard": "One name beside one decision.",
                },
            ],
        },
    ),
    (
        1,
        "states-of-mind",
        {"efficacy": 2, "flexibility": 3, "craftsmanship": 3, "consciousness": 2, "interdependence": 4},
    ),
    (0, "open", "reflecting"),
    (
        0,
        "reflecting-map",
        {
            "regions": ["impressions", "causes"],
            "asked": [
                {"question": "What do you suppose made the difference?", "heard": "I stopped after ten minutes."}
            ],
        },
    ),
    (
        1,
        "states-of-mind",
        {"efficacy": 4, "flexibility": 3, "craftsmanship": 4, "consciousness": 3, "interdependence": 4},
    ),
    (1, "commit", "End each staff meeting by reading the one decision aloud"),
)
_PLAN = {
    "goal": "Students compare fractions by reasoning about their size.",
    "task": "Which is more: 3/4 or 5/8? Find two ways to be sure.",
    "steps": [
        {
            "minutes": 5,
            "teacher": "Shows two pizzas cut differently.",
            "students": "They guess by looking.",
            "support": "Ask how they could be sure.",
        },
        {
            "minutes": 20,
            "teacher": "Asks for two ways.",
            "students": "Cut into eighths; compare with a half.",
            "support": "Paper strips.",
        },
    ],
    "evidence": "Each pair writes both ways on one sheet.",
}
LESSON: tuple[Step, ...] = (
    (0, "open", "theme"),
    (
        0,
        "research-theme",
        {
            "ideal": "Students who want to know why.",
            "today": "They ask whether an answer is right.",
            "theme": "Reasons before answers",
            "unit": "Fractions, grade 4",
        },
    ),
    (0, "open", "study"),
    (
        1,
        "content-study",
        {
            "source": "State standard 4.NF.2",
            "found": "Comparison needs the same whole.",
            "misconception": "A larger denominator is a larger number.",
        },
    ),
    (0, "open", "plan"),
    (0, "lesson-plan", _PLAN),
    (
        0,
        "case-students",
        {
            "students": [
                {"alias": "A", "expects": "Compares with a half."},
                {"alias": "B", "expects": "Looks at the digits."},
            ]
        },
    ),
    (0, "open", "teach"),
    (
        1,
        "case-notes",
        {
            "alias": "A",
            "moments": [{"minute": 6, "did": "Folded a strip in half twice."}],
            "against": "As expected, and faster.",
        },
    ),
    (
        2,
        "case-notes",
        {
            "alias": "B",
            "moments": [
                {"minute": 8, "did": "Said: “Eight is bigger than four.”"},
                {"minute": 15, "did": "Laid both strips side by side and went quiet."},
            ],
        },
    ),
    (0, "open", "debrief"),
    (
        1,
        "findings",
        {"finding": "The strips changed B's mind, the question did not.", "rests-on": "B at minutes 8 and 15."},
    ),
    (0, "open", "revise"),
    (
        1,
        "again lesson-plan",
        _PLAN
        | {
            "task": "Which is more: 3/4 or 5/8? Show it with strips, then find another way.",
            "steps": [
                {
                    "minutes": 10,
                    "teacher": "Gives out strips first.",
                    "students": "Fold quarters and eighths.",
                    "support": "Ask what is the same.",
                },
                _PLAN["steps"][1],
            ],
        },
    ),
)
EXPERTISE: tuple[Step, ...] = (
    (0, "open", "snapshot"),
    (
        0,
        "data-before",
        {
            "source": "Unit check, all sections",
            "day": "-40",
            "table": {
                "csv": "skill,count,total\nGives a reason,21,82\nUses units,35,82\n"
                "Finds an error,3,82\nDraws a model,58,82"
            },
        },
    ),
    (0, "open", "question"),
    (
        1,
        "inquiry",
        {
            "question": "What do we ask for when a student is right?",
            "hunch": "If we ask for reasons also after right answers, then students give them unasked.",
        },
    ),
    (0, "open", "goal"),
    (
        0,
        "group-goal",
        {
            "what": "Gives a reason",
            "to": 45,
            "by": "+50",
            "how": "Each of us asks “how do you know?” three times a lesson.",
        },
    ),
    (0, "open", "observe"),
    (
        0,
        "evidence",
        {
            "day": "-10",
            "saw": "“How do you know?” was asked nine times; six students answered with a reason.",
            "speaks": "for",
        },
    ),
    (1, "evidence", {"day": "-8", "saw": "Reasons came in talk and not in writing.", "speaks": "against"}),
    (0, "open", "review"),
    (
        0,
        "data-after",
        {
            "source": "Unit check, all sections",
            "day": "-1",
            "table": {
                "csv": "skill,count,total\nGives a reason,39,84\nUses units,40,84\n"
                "Finds an error,12,84\nDraws a model,60,84"
            },
        },
    ),
)
JOURNAL: tuple[Step, ...] = (
    (0, "open", "experience"),
    (
        0,
        "journal-experience",
        {
            "day": "-3",
            "happened": "I waited ten seconds after a question. Five hands went up.",
        },
    ),
    (0, "open", "reflection"),
    (
        0,
        "journal-reflection",
        {
            "going-on": "The silence was mine to bear, and theirs to think in.",
            "other-eyes": "A student may have felt watched.",
        },
    ),
)
