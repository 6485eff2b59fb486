"""What the demo's observers write: descriptive statements by core element, and what principals ask."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Problem:
    problem_of_practice: str
    theory_of_action: str
    focus_questions: tuple[str, ...]


PROBLEMS = (
    Problem(
        "Students can carry out procedures that we show them, but few explain why a procedure works, in any grade.",
        "If teachers plan tasks with more than one way in and ask students to compare strategies, then students will "
        "explain their reasoning to each other and carry it to new problems.",
        (
            "What are students asked to do, and what do they do?",
            "Who explains the reasoning, to whom, and how often?",
            "How do tasks let students choose a way in?",
        ),
    ),
    Problem(
        "Students read texts that are easier than their grade because we scaffold the difficulty away.",
        "If all students meet grade-level texts with talk before writing, then they will use evidence from the text "
        "on their own.",
        (
            "What texts are in students' hands?",
            "How do students use the text when they speak and write?",
        ),
    ),
    Problem(
        "Classroom talk runs through the teacher; students seldom respond to one another.",
        "If students have routines and time for partner talk, then they will build on each other's ideas and the "
        "teacher will hear what they understand.",
        (
            "Who talks to whom?",
            "What are students talking about?",
            "What does the teacher do with what students say?",
        ),
    ),
)

_STATEMENTS = {
    "teacher": (
        "Teacher asked {n} questions in the first ten minutes; {m} asked for a fact.",
        "Teacher waited about {m} seconds after asking before calling on a student.",
        "Teacher said: 'Tell your partner how you know,' and walked to {m} tables.",
        "Teacher wrote the steps on the board while {n} students copied them.",
        "Teacher repeated a student's answer to the whole class {m} times.",
        "Teacher pointed to the chart and said: 'Which of these did you use?'",
    ),
    "student": (
        "{n} of {t} students wrote in notebooks while the example was shown.",
        "Two students compared two drawings and one said: 'Yours has the same total.'",
        "A student asked another: 'Why did you divide?' and waited for the answer.",
        "{m} students had hands raised; the same {m} were called on twice.",
        "Students turned to partners; {n} pairs talked about the prompt.",
        "One student explained the second step at the board in a full sentence.",
    ),
    "content": (
        "The board showed: 'Compare fractions with unlike denominators.'",
        "The text was two pages long, with {m} words defined in the margin.",
        "Words on the wall: estimate, reasonable, justify, model.",
        "The lesson's question on the slide: 'What makes a claim strong?'",
        "The example used whole numbers from 1 to {n}.",
    ),
    "task": (
        "Task: solve {n} problems of the same form on one sheet.",
        "Task: choose one of two strategies and write why in two sentences.",
        "Task: label a diagram from a list of {m} words.",
        "Task: find an error in a worked example and explain it to a partner.",
        "Task: read a paragraph and underline {m} details.",
    ),
}

PATTERNS = (
    ("Explaining to the teacher", "Students explain steps when the teacher asks; partner explanations are brief."),
    ("One way in", "Most tasks ask for one procedure that was shown just before."),
    ("Words on walls", "Academic words are displayed in most rooms and used in writing more than in talk."),
)
PREDICTIONS = (
    "be able to repeat the shown procedure on similar numbers",
    "know the week's terms and find them in a text",
)
NEXT_LEVEL = (
    (
        "Plan one task a week with two ways in, in grade teams",
        "Grade teams",
        "next_week",
        "Common planning time",
        "Tasks on the table at next month's meeting",
    ),
    (
        "Visit each other's partner-talk routines",
        "Instructional coach",
        "next_month",
        "Two substitutes for a morning",
        "Notes of the visits, read by the leadership team",
    ),
    (
        "Look again at the same focus questions in a second round",
        "Principal",
        "end_of_year",
        "The next round",
        "Figures of both rounds, side by side",
    ),
)
REVISITED = (
    ("kept", "Seven of nine grade teams put a task with two ways in on the table in October."),
    ("partly", "Four of the planned eight visits took place; substitutes were short."),
    ("not_yet", "The second round is planned for the spring."),
)


def statement(element: str, random: Random) -> str:
    """One descriptive statement tagged `element`."""
    t = random.randint(18, 27)
    return random.choice(_STATEMENTS[element]).format(n=random.randint(6, 16), m=random.randint(2, 5), t=t)
