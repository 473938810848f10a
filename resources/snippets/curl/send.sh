# send an event; each function that listens starts
curl {{server}}/e/test \
  -H 'content-type: application/json' \
  -d '{"name": "order/placed", "data": {"id": 7}}'

# what it started, with the id that came back
curl {{server}}/v1/events/EVENT_ID/runs
