"""The HTTP face of scheduling: its routers on one app."""

from __future__ import annotations

from fastapi import FastAPI

from services.scheduling.bells import api as bells_api
from services.scheduling.calendar import api as calendar_api
from services.scheduling.calendar import import_api as calendar_import_api
from services.scheduling.classrooms import api as classrooms_api
from services.scheduling.deps import Deps
from services.scheduling.feeds import api as feeds_api
from services.scheduling.hosts import api as hosts_api
from services.scheduling.imports import api as imports_api
from services.scheduling.mail import api as mail_api
from services.scheduling.networks import api as networks_api
from services.scheduling.observers import api as observers_api
from services.scheduling.outings import api as outings_api
from services.scheduling.pairs import api as pairs_api
from services.scheduling.pins import api as pins_api
from services.scheduling.plans import api as plans_api
from services.scheduling.plans import compare_api, disruptions_api, history_api, review_api, visit_day_api
from services.scheduling.roster import api as roster_api
from services.scheduling.rounds import api as rounds_api
from services.scheduling.rounds import board_api
from services.scheduling.schools import api as schools_api
from services.scheduling.stage import api as stage_api
from services.scheduling.terms import api as terms_api
from services.scheduling.visit_days import api as visit_days_api
from shared.http import Verifier, create_app

PARTS = (
    imports_api,
    roster_api,
    schools_api,
    calendar_api,
    calendar_import_api,
    terms_api,
    bells_api,
    classrooms_api,
    hosts_api,
    observers_api,
    networks_api,
    pairs_api,
    stage_api,
    rounds_api,
    board_api,
    pins_api,
    plans_api,
    review_api,
    compare_api,
    history_api,
    disruptions_api,
    visit_day_api,
    visit_days_api,
    feeds_api,
    outings_api,
    mail_api,
)


def app_of(deps: Deps, verifier: Verifier) -> FastAPI:
    app = create_app("scheduling", verifier, description="Roster, schools, calendar, classrooms, rounds and plans.")
    for part in PARTS:
        app.include_router(part.router(deps))
    return app
