# Timing and scoring programs of bench/README.md, each built by name: bench_suggest.
add_executable(bench_suggest EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/suggest.c)
target_link_libraries(bench_suggest PRIVATE pal_flags pal_document pal_base m)
