// 1  npm install inngest
// 2  save this as app.mjs
// 3  INNGEST_DEV={{server}} node app.mjs
import { Inngest } from "inngest";
import { createServer } from "inngest/node";

const client = new Inngest({ id: "shop" });

const order = client.createFunction(
  { id: "order", triggers: [{ event: "order/placed" }] },
  async ({ event, step }) => {
    const paid = await step.run("charge", () => {
      return { receipt: `r-${event.data.id}` };
    });
    await step.sleep("cool down", "5s");
    return step.run("ship", () => ({ of: paid.receipt }));
  },
);

createServer({ client, functions: [order] }).listen(3000);
