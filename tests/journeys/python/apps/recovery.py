# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Functions that fail until their app is mended (BROKEN is not set any more), or that are in the middle of something
when the server or the app goes away."""

import datetime
import os

import inngest
from app import work

BROKEN = bool(os.environ.get('BROKEN'))


def define(app):
    @app.define('order', retries=1)
    async def order(ctx, mark):
        number = ctx.event.data['order']

        def ship():
            if BROKEN:
                raise ConnectionError(f'warehouse 17 offline, order {number}')
            return 'shipped'
        paid = await work(ctx, mark, 'charge', {'receipt': f'r-{number}'})
        await ctx.step.sleep('settle', datetime.timedelta(seconds=1))
        packed = await ctx.group.parallel((
            lambda: work(ctx, mark, 'box', 'boxed'),
            lambda: work(ctx, mark, 'label', 'labelled')))
        shipped = await work(ctx, mark, 'ship', ship)
        await work(ctx, mark, 'mail')
        return {'paid': paid, 'packed': packed, 'shipped': shipped}

    @app.define('body-broken', retries=3)
    async def body_broken(ctx, mark):
        await work(ctx, mark, 'first')
        mark('after')
        if BROKEN:
            raise inngest.NonRetriableError('bad configuration')
        return 'fine'

    @app.define('caught-then-broken', retries=0)
    async def caught_then_broken(ctx, mark):
        def fail():
            raise ConnectionError('primary down')

        def last():
            if BROKEN:
                raise ConnectionError('last down')
            return 'done'
        try:
            await work(ctx, mark, 'primary', fail)
        except inngest.StepError:
            await work(ctx, mark, 'undo')
        return await work(ctx, mark, 'last', last)

    @app.define('sleeper', retries=0)
    async def sleeper(ctx, mark):
        await work(ctx, mark, 'before')
        await ctx.step.sleep('nap', datetime.timedelta(seconds=ctx.event.data['seconds']))
        return await work(ctx, mark, 'after', 'rested')
