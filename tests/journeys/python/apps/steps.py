# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Steps and what they return, repeated ids, sleeps, parallel steps, large state."""

import datetime

import inngest
from app import work


def values(app):
    @app.define('two')
    async def two(ctx, mark):
        return {'a': await work(ctx, mark, 'a', {'v': 1}), 'b': await work(ctx, mark, 'b', 42)}

    @app.define('result')
    async def result(ctx, mark):
        return ctx.event.data['result']

    @app.define('nothing')
    async def nothing(ctx, mark):
        pass

    @app.define('falsy')
    async def falsy(ctx, mark):
        values = {'none': None, 'zero': 0, 'empty': '', 'false': False, 'list': [], 'dict': {}}
        return {name: await work(ctx, mark, name, value) for name, value in values.items()}

    @app.define('repeated')
    async def repeated(ctx, mark):
        return [await work(ctx, mark, 'same', index) for index in range(4)]

    @app.define('large')
    async def large(ctx, mark):
        blocks = [await work(ctx, mark, f'block {index}', str(index) * 1024 * 1024) for index in range(6)]
        return {'total': sum(len(block) for block in blocks)}

    @app.define('fan-out')
    async def fan_out(ctx, mark):
        events = [inngest.Event(name=app.event('result'), data={'result': text}) for text in ('one', 'two')]
        return await ctx.step.send_event('tell', events)

    @app.define('echo')
    async def echo(ctx, mark):
        event = ctx.event
        return {'name': event.name, 'id': event.id, 'ts': event.ts, 'data': event.data, 'batch': len(ctx.events)}


def threads(app):
    """A function that is not async: the SDK runs it in a thread."""
    @app.client.create_function(fn_id='thread', trigger=inngest.TriggerEvent(event=app.event('thread')))
    def thread(ctx: inngest.ContextSync):
        mark = app.marker('thread', ctx)

        def step(name, value):
            def execute():
                mark(name)
                return value
            return ctx.step.run(name, execute)
        first = step('first', 1)
        ctx.step.sleep('nap', datetime.timedelta(seconds=1))
        both = ctx.group.parallel((lambda: step('p1', 2), lambda: step('p2', 3)))
        return [first, *both]
    app.functions.append(thread)


def sleeps(app):
    @app.define('sleep')
    async def sleep(ctx, mark):
        await work(ctx, mark, 'before')
        await ctx.step.sleep('nap', datetime.timedelta(seconds=ctx.event.data['seconds']))
        return await work(ctx, mark, 'after', 'rested')

    @app.define('sleep-past')
    async def sleep_past(ctx, mark):
        await ctx.step.sleep_until('yesterday', datetime.datetime.now() - datetime.timedelta(days=1))
        mark('awake')
        return 'rested'

    @app.define('sleep-until')
    async def sleep_until(ctx, mark):
        until = datetime.datetime.fromtimestamp(ctx.event.data['until'] / 1000, tz=datetime.timezone.utc)
        await ctx.step.sleep_until('then', until)
        mark('awake')
        return 'rested'


def parallel(app):
    @app.define('all')
    async def all_of_them(ctx, mark):
        p1, p2, _ = await ctx.group.parallel((
            lambda: work(ctx, mark, 'p1', 1),
            lambda: work(ctx, mark, 'p2', 2),
            lambda: ctx.step.sleep('p3', datetime.timedelta(seconds=1))))
        last = await work(ctx, mark, 'after', p1 + p2)
        return {'p1': p1, 'p2': p2, 'last': last}

    @app.define('twenty')
    async def twenty(ctx, mark):
        steps = tuple((lambda index=index: work(ctx, mark, f'p{index}', index)) for index in range(20))
        return await ctx.group.parallel(steps)

    @app.define('one-branch-fails', retries=1)
    async def one_branch_fails(ctx, mark):
        def fail():
            raise RuntimeError('bad branch')
        try:
            await ctx.group.parallel((
                lambda: work(ctx, mark, 'good'),
                lambda: work(ctx, mark, 'bad', fail),
                lambda: work(ctx, mark, 'fine')))
        except inngest.StepError as error:
            return await work(ctx, mark, 'after', {'caught': error.message, 'name': error.name})

    @app.define('race')
    async def race(ctx, mark):
        both = await ctx.group.parallel(
            (lambda: work(ctx, mark, 'quick', 'quick'), lambda: ctx.step.sleep('slow', datetime.timedelta(seconds=1))),
            parallel_mode=inngest.ParallelMode.RACE)
        return await work(ctx, mark, 'after', both[0])


def define(app):
    for part in (values, threads, sleeps, parallel):
        part(app)
