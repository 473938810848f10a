# send an event; every function that listens to it starts
curl {{server}}/e/test \
  -H 'content-type: application/json' \
  -d '{"name": "shop/order.placed", "data": {"id": 7, "total": 12.5}}'

# what it started, with the id that the first call printed
curl {{server}}/v1/events/EVENT_ID/runs
