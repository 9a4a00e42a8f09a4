-- Start an instance with three variables.
dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")
wrk.method = "POST"
wrk.path = "/v2/process-instances"
wrk.body = '{"processDefinitionId": "bench", "variables": {"applicant": "Nguyễn Thị Ánh", "copies": 3, "fee": 6000}}'
