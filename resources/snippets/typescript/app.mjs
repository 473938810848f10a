// 1  npm install inngest express
// 2  save this as app.mjs
// 3  INNGEST_DEV={{server}} node app.mjs
import express from "express";
import { Inngest } from "inngest";
import { serve } from "inngest/express";

const inngest = new Inngest({ id: "shop" });

const order = inngest.createFunction(
  { id: "order", triggers: [{ event: "shop/order.placed" }] },
  async ({ event, step }) => {
    const paid = await step.run("charge", () => {
      return { receipt: `r-${event.data.id}` };
    });
    await step.sleep("cool down", "5s");
    return step.run("ship", () => ({ shipped: paid.receipt }));
  },
);

const app = express();
app.use(express.json({ limit: "4mb" }));
app.use("/api/inngest", serve({ client: inngest, functions: [order] }));
app.listen(3000);
