-- The first page of open tasks, oldest first: what a desk asks for.
dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")
wrk.method = "POST"
wrk.path = "/v2/user-tasks/search"
wrk.body = '{"filter": {"state": "CREATED"}, "sort": [{"field": "creationDate", "order": "ASC"}], "page": {"limit": 20}}'
