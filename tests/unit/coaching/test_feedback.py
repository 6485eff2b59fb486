"""Feedback is told apart from a pat on the back: sentences as colleagues write them, labelled by hand."""

from __future__ import annotations

from datetime import date

import pytest

from services.rounds.cycles.feedback import cites, says_what_to_do
from services.rounds.cycles.forms import NotFilledIn, fill_in
from services.rounds.protocols.library import newest

SEEN = (
    "“Tell your partner how you know.” Seven of eleven pairs spoke.",
    "At minute 4 two students asked why.",
    "Seven pairs spoke within ten seconds of your question.",
    "Nobody in the back row spoke before the bell.",
    "You asked four questions in a row and the same three students answered.",
    "Siete de once parejas hablaron antes de diez segundos.",
    "En el minuto 9 una alumna preguntó: «¿Por qué dividiste?»",
    "Dos grupos compararon sus respuestas sin que nadie se lo pidiera.",
    "Ningún alumno de la última fila habló.",
    "All students had their notebooks open when the bell rang.",
    "Every student wrote in the first minute.",
    "Carla said “I changed my mind” after the second example.",
    "Most students copied the definition from the slide.",
    "Todos los alumnos escribieron en el primer minuto.",
    "La mayoría copió la definición.",
    "Once alumnos levantaron la mano.",
    "9 out of 10 pairs wrote before they spoke.",
    "Nueve de diez preguntas fueron de usted.",
)
NOT_SEEN = (
    "Students were engaged throughout.",
    "The lesson flowed really well and the class was great.",
    "Good questioning technique!",
    "I liked the way you handled the group.",
    "The students' work isn't neat and the class's mood wasn't calm.",
    "It was a 10/10 lesson.",
    "Room 104 felt warm and welcoming.",
    "Grade 4 students did well in this lesson.",
    "Classroom management was weak.",
    "You were very patient.",
    "La clase estuvo muy bien llevada.",
    "Los alumnos estaban motivados.",
    "Excelente manejo del grupo.",
    "Me encantó tu manera de explicar.",
    "Fue una lección de 10.",
    "El ambiente era débil y aburrido.",
    "You smiled a lot.",
    "The pace was too slow.",
    "Your voice is pleasant and your board work is tidy.",
    "La explicación fue muy clara.",
    "Dominas el tema.",
    "I saw a lot of engagement in period 2.",
    "Once students settled, the class was great.",
    "The pace was lovely once you got going.",
    "Fue una de las mejores clases que he visto.",
    "I would give this lesson 5 stars.",
    "9 out of 10 for your patience.",
    "Le doy un 9 sobre 10.",
)
ACTS = (
    "Ask one question, then wait ten seconds before calling on anybody, in second period.",
    "Give each pair one sentence starter in Thursday's warm-up.",
    "Call on two students who have not spoken yet.",
    "Post the question on the board before talk begins.",
    "Pregunte a dos alumnos que no han hablado y espere diez segundos.",
    "Dar a cada pareja una frase para empezar el jueves.",
    "Escriba la pregunta en la pizarra antes de que hablen.",
    "Reparta las tiras antes de preguntar.",
    "Next Tuesday, have partners write before you ask the class.",
    "Move the exit ticket to the start of class.",
    "Seat the two quiet students near the front.",
    "Use equity sticks to choose who answers.",
    "Keep a tally of who speaks each day.",
    "Try cold calling with three names from the list.",
    "Ponga a los dos alumnos callados al frente.",
    "Use palitos para elegir quién responde.",
    "Anote en una lista quién habla cada día.",
)
DIRECTIONS = (
    "Try to be better at asking questions.",
    "Keep working on student engagement.",
    "Improve the pacing of the lesson.",
    "Be more aware of the back row.",
    "Think about classroom management more.",
    "Continue to build relationships with students.",
    "Consider differentiation.",
    "You should try harder next time.",
    "Try wait time.",
    "Keep up the great work with the kids.",
    "Mejorar la participación de los alumnos en clase.",
    "Seguir trabajando en las preguntas.",
    "Ser más consciente de la última fila.",
    "Tratar de mejorar el ritmo de la lección.",
    "Reflexionar sobre el manejo del aula.",
    "Debería esforzarse más la próxima vez.",
    "Work on your questioning skills.",
    "More student talk.",
    "Differentiate better for all learners.",
    "Build stronger relationships.",
    "Manage transitions more effectively.",
    "Más participación de los alumnos.",
    "Gestionar mejor las transiciones.",
    "Trabajar la disciplina del grupo.",
    "Hacer clases más dinámicas.",
)


@pytest.mark.parametrize("sentence", SEEN)
def test_what_was_seen_or_heard_is_evidence(sentence: str) -> None:
    assert cites(sentence)


@pytest.mark.parametrize("sentence", NOT_SEEN)
def test_an_impression_is_none(sentence: str) -> None:
    assert not cites(sentence)


@pytest.mark.parametrize("sentence", ACTS)
def test_an_act_is_a_next_step(sentence: str) -> None:
    assert says_what_to_do(sentence)


@pytest.mark.parametrize("sentence", DIRECTIONS)
def test_a_direction_is_none(sentence: str) -> None:
    assert not says_what_to_do(sentence)


def test_all_that_is_missing_is_told_at_once() -> None:
    kind = newest()["peer-observation"].artefact("feedback")
    assert kind is not None
    values = {"points": [{"evidence": "Students were engaged.", "step": "Improve the pacing."}]}
    with pytest.raises(NotFilledIn) as told:
        fill_in(kind, values, ready=True, people=[], today=date(2026, 11, 2))
    places = [p["where"].rsplit("/", 1)[1] for p in told.value.extra["problems"]]
    assert sorted(places) == ["by", "effect", "evidence", "step"]
