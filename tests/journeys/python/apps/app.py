# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""An app with the official SDK, served by FastAPI in a process of its own; see pythonapp.mjs.

INNGEST_DEV names the server, as for everybody's app; APP_ID, FUNCTIONS (a module of this folder) and JOURNAL (a file)
say what this one is.
"""

import importlib
import json
import os
import time

import fastapi
import inngest
import inngest.fast_api


class Journal:
    """The app's own record of what was executed, one line of JSON each, on disk before the SDK answers."""

    def __init__(self, path):
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def add(self, **entry):
        line = json.dumps({**entry, 'at': time.time_ns() // 1_000_000})
        os.write(self._file, f'{line}\n'.encode())


class App:
    def __init__(self, app_id, journal):
        self.id = app_id
        self.client = inngest.Inngest(app_id=app_id)
        self.journal = journal
        self.functions = []

    def event(self, name):
        return f'{self.id}/{name}'

    def define(self, fn_id, *, on=None, on_failure=None, **config):
        """A function, by default on the event `<app>/<fn_id>`; it gets the SDK's context and `mark(what, **more)`."""
        events = [on or self.event(fn_id)] if not isinstance(on, list) else on
        triggers = [inngest.TriggerEvent(event=event) for event in events]
        handler = on_failure and self._noting(f'{fn_id}-failure', on_failure)
        create = self.client.create_function(fn_id=fn_id, trigger=triggers, on_failure=handler, **config)

        def decorate(inner):
            self.functions.append(create(self._noting(fn_id, inner)))
            return inner
        return decorate

    def marker(self, fn_id, ctx):
        def mark(what, **more):
            self.journal.add(fn=fn_id, run=ctx.run_id, what=what, attempt=ctx.attempt, **more)
        mark('body')
        return mark

    def _noting(self, fn_id, inner):
        async def handler(ctx):
            return await inner(ctx, self.marker(fn_id, ctx))
        return handler


async def work(ctx, mark, name, value=None):
    """A step that notes that it is executed, and returns the value (of a call, if it can be called)."""
    async def execute():
        mark(name)
        return value() if callable(value) else value
    return await ctx.step.run(name, execute)


def served():
    app = App(os.environ['APP_ID'], Journal(os.environ['JOURNAL']))
    importlib.import_module(os.environ['FUNCTIONS']).define(app)
    site = fastapi.FastAPI()
    inngest.fast_api.serve(site, app.client, app.functions)
    return site
