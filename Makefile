# The front door. The build itself is CMake's (CMakeLists.txt, CMakePresets.json); each
# target here works alone on a fresh clone.
PREFIX ?= /usr/local

help:
	@echo "make demo     set up, build, run the bundled example, say where its report is"
	@echo "make test     set up, build and run every test and check"
	@echo "make build    build/release/palladium"
	@echo "make install  program, manual pages and completion under PREFIX ($(PREFIX))"
	@echo "make bench    the timings of bench/README.md"
	@echo "make clean    remove build/ and out/"

demo: build
	@tools/demo

test:
	@tools/run-tests

build:
	@tools/setup
	@cmake --preset release >build.log 2>&1 || { cat build.log; rm -f build.log; exit 1; }
	@rm -f build.log
	@cmake --build --preset release

install: build
	@cmake --install build/release --prefix "$(PREFIX)"

bench: build
	@bench/run

clean:
	rm -rf build out

.PHONY: help demo test build install bench clean
