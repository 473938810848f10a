# 1  pip install inngest flask
# 2  save this as app.py
# 3  INNGEST_DEV={{server}} flask run
from datetime import timedelta

import inngest
import inngest.flask
from flask import Flask

client = inngest.Inngest(app_id="shop-python")
placed = inngest.TriggerEvent(event="order/placed")


@client.create_function(fn_id="order", trigger=placed)
def order(ctx: inngest.ContextSync):
    number = ctx.event.data["id"]
    paid = ctx.step.run("charge", lambda: f"r-{number}")
    ctx.step.sleep("cool down", timedelta(seconds=5))
    return ctx.step.run("ship", lambda: {"of": paid})


app = Flask(__name__)
inngest.flask.serve(app, client, [order])
