# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""A function that no server takes: batches cannot be cancelled by events."""

import datetime

import inngest


def define(app):
    batch = inngest.Batch(max_size=2, timeout=datetime.timedelta(seconds=1))
    cancel = [inngest.Cancel(event=app.event('stop'))]

    @app.define('both', batch_events=batch, cancel=cancel)
    async def both(ctx, mark):
        return None
