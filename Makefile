# Two commands matter: `make run` and `make test`. Both need Python 3.11 (or 3.12, 3.13), make and git, nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.setup-done
OUT    ?= out
# Windows need a screen: Qt's own offscreen platform, unless the caller says otherwise.
TEST_ENV := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} PYTHONDONTWRITEBYTECODE=1

.PHONY: help setup run demo test soak judges bench operator lint build samples phantoms screenshots translations clean
.DEFAULT_GOAL := help

help:
	@echo "make run      the program on the sample project (without a display: masks, overlays and an export in $(OUT)/)"
	@echo "make test     the tests"
	@echo "others: setup lint bench operator soak judges build samples phantoms screenshots translations clean"

setup: $(STAMP)

# torch first and pinned: what comes after it would otherwise pull the newest torch with 4 GB of CUDA libraries.
$(STAMP): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^torch==' requirements.lock)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q urwkv_desktop
	@touch $@

# With a display: the window on a copy of the samples, which keeps its project file from run to run. Without: the same work
# from the shell (masks, overlays to look at, an export that was read back).
run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  mkdir -p "$(OUT)/Sample project" && cp -Rp resources/samples/. "$(OUT)/Sample project/" && \
	  exec $(BIN)/urwkv-desktop "$(OUT)/Sample project"; \
	else \
	  echo "No display: the sample project goes through the shell into $(OUT)/."; $(MAKE) --no-print-directory demo; \
	fi

demo: setup
	$(BIN)/urwkv-desktop demo --out $(OUT) --reader demo

test: setup
	$(TEST_ENV) $(BIN)/python -m pytest -m "not soak" --durations=20 $(ARGS)

soak: setup
	$(TEST_ENV) $(BIN)/python -m pytest -m soak --durations=20 $(ARGS)

# Programs that no one here wrote read everything that this one writes, and their words are printed as a table. Debian's are
# installed where that may be done, PyPI's into an environment of their own; one that is missing is named in the table.
JUDGES       := .judges
JUDGES_STAMP := $(JUDGES)/.setup-done
JUDGES_APT   := dicom3tools dcmtk plastimatch nifti-bin dcm2niix

judges: setup $(JUDGES_STAMP)
	@command -v dciodvfy plastimatch nifti_tool dcmdump dcm2niix >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	       && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(JUDGES_APT); } \
	  || echo "Some of $(JUDGES_APT) are not installed here and can't be: they are missing from the table."
	$(TEST_ENV) $(BIN)/python -m pytest -q -m judge $(ARGS)
	$(BIN)/python -m tests.judges

# Without dependencies: torch and what else is large is borrowed from the program's environment (a path in a .pth file).
$(JUDGES_STAMP): tests/judges/requirements.txt | $(STAMP)
	$(BIN)/python -m venv $(JUDGES)
	-$(JUDGES)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/judges/requirements.txt
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  > "$$($(JUDGES)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth"
	@touch $@

bench: setup
	@mkdir -p $(OUT)
	$(BIN)/python -m benchmarks --out $(OUT)/bench.json $(ARGS)

# The attention of U-RWKV against other ways to compute it, T = 64 to 65,536: $(OUT)/operator.json, docs/images/operator.png.
operator: setup
	$(BIN)/python -m benchmarks.operator --out $(OUT)/operator.json

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

build: setup
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	@du -sm dist/urwkv-desktop | cut -f1 | sed 's/$$/ MB in dist\/urwkv-desktop/'

# The samples come out of installed packages and the simulator, bit for bit; stardist and nilearn are needed here only, and
# without what they depend on.
samples: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps nilearn==0.14.1 stardist==0.9.2
	$(BIN)/python -m urwkv_desktop.training.samples resources/samples

# 50 simulated pictures that no training saw, and how the busi model does on them.
phantoms: setup
	$(BIN)/python -m urwkv_desktop.training.samples --phantoms $(OUT)/phantoms
	$(BIN)/urwkv-desktop evaluate --model busi --images $(OUT)/phantoms/images --masks $(OUT)/phantoms/masks

# The window on the sample project, drawn into docs/images/; nothing else is ever shown there.
screenshots: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks.screenshots

# Every sentence into resources/translations/*.ts; what is translated there stays, what the program no longer says goes.
translations: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks.messages

clean:
	rm -rf $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
