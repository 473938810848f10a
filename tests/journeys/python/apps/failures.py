# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Failure handlers, and functions that listen to the server's own events."""

import datetime

from app import work


class PaymentError(Exception):
    pass


async def told(ctx, mark):
    """Notes what a handler or a listener was told, under the run that it is about."""
    event = ctx.event
    mark('told', about=event.data['run_id'], event={'name': event.name, 'id': event.id, 'data': event.data})


async def handle(ctx, mark):
    await told(ctx, mark)
    about = ctx.event.data['run_id']

    async def notify():
        mark('notify', about=about)
        return {'told': ctx.event.data['event']['data']['order']}
    return await ctx.step.run('notify', notify)


def define(app):
    def decline():
        raise PaymentError('card declined')

    @app.define('guarded', retries=1, on_failure=handle)
    async def guarded(ctx, mark):
        mark('work')
        return decline() if ctx.event.data.get('fail', True) else 'paid'

    @app.define('guarded-step', retries=0, on_failure=told)
    async def guarded_step(ctx, mark):
        return await work(ctx, mark, 'charge', decline)

    @app.define('unguarded', retries=0)
    async def unguarded(ctx, mark):
        raise RuntimeError('nobody cares')

    @app.define('sleeper', on_failure=told)
    async def sleeper(ctx, mark):
        await work(ctx, mark, 'before')
        await ctx.step.sleep('long', datetime.timedelta(hours=1))
        return await work(ctx, mark, 'after')

    @app.define('fine', on=[app.event('fine'), app.event('good')])
    async def fine(ctx, mark):
        return {'ok': ctx.event.name}

    @app.define('invoked')
    async def invoked(ctx, mark):
        doubled = await work(ctx, mark, 'double', ctx.event.data['x'] * 2)
        return {'name': ctx.event.name, 'doubled': doubled}

    app.define('on-failed', on='inngest/function.failed')(told)
    app.define('on-finished', on='inngest/function.finished')(told)
    app.define('on-cancelled', on='inngest/function.cancelled')(told)
