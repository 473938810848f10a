# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""What the guides on errors and retries promise, one function each."""

import datetime

import inngest
from app import work


class CardError(Exception):
    pass


def declined(ctx, times):
    """Fails as often as the event says (default: always)."""
    if ctx.attempt < ctx.event.data.get('times', times):
        raise CardError(f'declined {ctx.attempt}')
    return {'attempt': ctx.attempt}


def failing(app):
    for name, config in (('default', {}), ('0', {'retries': 0}), ('1', {'retries': 1})):
        @app.define(f'body-{name}', **config)
        async def body(ctx, mark):
            return declined(ctx, 99)

        @app.define(f'step-{name}', **config)
        async def step(ctx, mark):
            return await work(ctx, mark, 'charge', lambda: declined(ctx, 99))

    @app.define('two-steps')
    async def two_steps(ctx, mark):
        first = await work(ctx, mark, 'first', {'id': 7})
        second = await work(ctx, mark, 'second', lambda: declined(ctx, 2))
        return {'first': first, 'second': second}

    @app.define('both-flaky', retries=2)
    async def both_flaky(ctx, mark):
        for name in ('first', 'second'):
            await work(ctx, mark, name, lambda: declined(ctx, 2))
        return 'done'

    @app.define('step-then-body')
    async def step_then_body(ctx, mark):
        await work(ctx, mark, 'work', lambda: declined(ctx, 2))
        mark('after')
        declined(ctx, 1)
        return 'done'


def non_retriable(app):
    def refuse():
        raise inngest.NonRetriableError('no such customer')

    @app.define('final-step')
    async def final_step(ctx, mark):
        await work(ctx, mark, 'look')
        return await work(ctx, mark, 'order', refuse)

    @app.define('final-branch')
    async def final_branch(ctx, mark):
        return await ctx.group.parallel((
            lambda: work(ctx, mark, 'good'),
            lambda: work(ctx, mark, 'order', refuse)))

    @app.define('final-body')
    async def final_body(ctx, mark):
        await work(ctx, mark, 'look')
        mark('after')
        refuse()


def retry_after(app):
    """`event.data.after` names the form of the delay of 3 s."""
    def busy(ctx):
        delay = {'number': 3000,
                 'delta': datetime.timedelta(seconds=3),
                 'date': datetime.datetime.now() + datetime.timedelta(seconds=3),
                 'zone': datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)}
        if ctx.attempt == 0:
            raise inngest.RetryAfterError('rate limited', delay[ctx.event.data['after']])
        return {'attempt': ctx.attempt}

    @app.define('after-step')
    async def after_step(ctx, mark):
        await work(ctx, mark, 'before')
        return await work(ctx, mark, 'call', lambda: busy(ctx))

    @app.define('after-body')
    async def after_body(ctx, mark):
        return busy(ctx)

    @app.define('after-branch')
    async def after_branch(ctx, mark):
        return await ctx.group.parallel((
            lambda: work(ctx, mark, 'good', 'good'),
            lambda: work(ctx, mark, 'call', lambda: busy(ctx))))

    @app.define('after-exhausted', retries=1)
    async def after_exhausted(ctx, mark):
        raise inngest.RetryAfterError('rate limited', datetime.timedelta(seconds=1))


def rollback(app):
    def down():
        raise ConnectionError('provider down')

    @app.define('fallback', retries=1)
    async def fallback(ctx, mark):
        try:
            return await work(ctx, mark, 'primary', down)
        except inngest.StepError as error:
            return await work(ctx, mark, 'secondary', {'because': error.message, 'name': error.name})

    @app.define('rollback', retries=1)
    async def roll_back(ctx, mark):
        await work(ctx, mark, 'reserve')
        try:
            await work(ctx, mark, 'charge', down)
        except inngest.StepError:
            await work(ctx, mark, 'release', lambda: declined(ctx, 1))
            return {'rolledBack': True}
        return {'rolledBack': False}


def define(app):
    for part in (failing, non_retriable, retry_after, rollback):
        part(app)
