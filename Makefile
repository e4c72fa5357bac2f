# The front door. Every target does its own set-up; `make` alone prints them all.
.NOTPARALLEL:
.DEFAULT_GOAL := help
SHELL := /bin/sh
BUNDLE := tasks/verbs/bundle
VERB := $(BUNDLE)/tasks/verbs/dist
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED := true

.PHONY: help setup stage prod destroy-stage destroy-prod up down plan plan-stage plan-prod status sweep audit unlock graph \
	cloud-start cloud-stop cloud-reset sync test check tour fuzz rehearse bench clean

help: ## print the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

stage: setup ## build staging, or change what differs
	@node $(VERB)/run.js stage

prod: setup ## build production, or change what differs
	@node $(VERB)/run.js prod

destroy-stage: setup ## take staging away and prove that nothing is left
	@node $(VERB)/run.js destroy-stage

destroy-prod: setup ## exists only to refuse
	@node $(VERB)/run.js destroy-prod

up: setup ## build any environment: make up ENV=dev
	@node $(VERB)/run.js up --env "$(ENV)"

down: setup ## take any environment away: make down ENV=dev
	@node $(VERB)/run.js down --env "$(ENV)"

plan-stage: setup ## print what make stage would do, and write nothing (JSON=1 for a program)
	@node $(VERB)/plan.js stage $(if $(JSON),--json)

plan-prod: setup ## print what make prod would do, and write nothing
	@node $(VERB)/plan.js prod $(if $(JSON),--json)

plan: setup ## the same for any environment: make plan ENV=dev, with DOWN=1 for its teardown
	@node $(VERB)/plan.js $(if $(DOWN),down,up) --env "$(ENV)" $(if $(JSON),--json)

status: setup ## all environments: stacks, state, age, last run (JSON=1 for a program)
	@node $(VERB)/status.js $(if $(JSON),--json)

sweep: setup ## list what is left of an environment: make sweep ENV=stage, with APPLY=1 to remove it, with FORGET=id to strike that out of its ledger (CONFIRM=stage without a terminal)
	@node $(VERB)/sweep.js --env "$(ENV)" $(if $(APPLY),--apply) $(if $(FORGET),--forget "$(FORGET)")

audit: setup ## who changed what and when, and whether the journals are what was written: make audit ENV=stage (RUNS=20)
	@node $(VERB)/audit.js --env "$(ENV)" --runs "$(RUNS)"

unlock: setup ## free an environment whose run is dead: make unlock ENV=stage (CONFIRM=stage without a terminal)
	@node $(VERB)/unlock.js --env "$(ENV)"

graph: setup ## draw the layer graph: an HTML file from nx and Mermaid text
	@node tasks/nx-plugin/dist/graph.js

cloud-start: setup ## start the local cloud (make stage does it by itself)
	@node $(VERB)/cloud.js start

cloud-stop: setup ## stop the local cloud; its state stays
	@node $(VERB)/cloud.js stop

cloud-reset: setup ## empty every account of the local cloud
	@node $(VERB)/cloud.js reset

sync: setup ## write what is generated: teardown edges, the editors' schema, the jobs of the schedule
	@node tasks/checks/dist/sync.js

test: setup ## run every test
	@node tasks/checks/dist/test.js $(ONLY)

check: setup ## types, lint, format, tidy, generated files in sync
	@node tasks/checks/dist/check.js

tour: setup ## every operation of the local cloud by the aws command line, or by the SDK where that is missing
	@node tasks/local-cloud/dist/tour/tour.js

fuzz: setup ## throw more at the local cloud than make test does: make fuzz CASES=100000 SEED=any
	@FUZZ_CASES=$(or $(CASES),100000) FUZZ_SEED=$(or $(SEED),roundtrip) \
		node node_modules/uvu/bin.js tasks/local-cloud/dist '^fuzz/.*\.test\.js$$'

rehearse: setup ## rebuild and destroy random environments in virtual time, faults included: make rehearse SEEDS=200, SEED= to replay one, MINUTES= to soak; ENV=stage for one of your own
	@ENV="$(ENV)" SEEDS="$(SEEDS)" SEED="$(SEED)" MINUTES="$(MINUTES)" BASE="$(BASE)" HOOKS="$(HOOKS)" \
		node tasks/rehearsal/dist/$(if $(ENV),environment/)main.js

bench: setup ## measure speed, calls and memory against the targets
	@node benchmarks/dist/bench.js

clean: ## remove everything that is built, but not the journals and not the local cloud's state
	@rm -rf node_modules .nx .turbo tasks/spec/data $(BUNDLE) packages/*/dist tasks/*/dist benchmarks/dist \
		packages/*/.turbo tasks/*/.turbo packages/*/*.tsbuildinfo tasks/*/*.tsbuildinfo benchmarks/*.tsbuildinfo

# A target that does not exist: say which do.
.DEFAULT:
	@echo "make knows no target \"$@\"; these it knows:" >&2
	@$(MAKE) --no-print-directory help >&2
	@exit 2

# npm ci when the lock file changed, then what is out of date: compiled code, AWS's specification, the verbs' bundle.
# With nothing to do it takes 0.3 s.
setup: node_modules/.roundtrip-installed
	@node_modules/.bin/tsc -b
	@test tasks/spec/data/.checked -nt node_modules/.roundtrip-installed || \
		{ node tasks/spec/dist/cut.js && touch tasks/spec/data/.checked; }
	@test -f $(BUNDLE)/stamp && test -z "$$(find packages tasks node_modules/.roundtrip-installed -name node_modules -prune \
		-o -newer $(BUNDLE)/stamp \( -path '*/dist/*.js' -o -name .roundtrip-installed \) -print -quit)" || \
		node tasks/verbs/dist/bundle.js

node_modules/.roundtrip-installed: package-lock.json
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); if (a<20||(a===20&&b<19)) { console.error("Roundtrip needs Node 20.19 or newer, this is "+process.version+"\n  next: install a newer Node, for instance with nvm install 22"); process.exit(2) }'
	@echo "installing what package-lock.json says"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@
