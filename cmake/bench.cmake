# Timing and scoring programs of bench/README.md, each built by name: bench_suggest,
# bench_suggest_passages, bench_surge_null, bench_turns_null, bench_simulate_columns.
add_executable(bench_suggest EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/suggest.c)
target_link_libraries(bench_suggest PRIVATE pal_flags pal_document pal_base m)
add_executable(bench_surge_null EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/surge_null.c)
target_link_libraries(bench_surge_null PRIVATE pal_flags pal_detect m)
add_executable(bench_simulate_columns EXCLUDE_FROM_ALL
    ${CMAKE_SOURCE_DIR}/bench/simulate_columns.c)
target_link_libraries(bench_simulate_columns PRIVATE pal_flags pal_simulate m)
add_executable(bench_suggest_passages EXCLUDE_FROM_ALL
    ${CMAKE_SOURCE_DIR}/bench/suggest_passages.c)
target_link_libraries(bench_suggest_passages PRIVATE pal_flags pal_document pal_base m)
add_executable(bench_turns_null EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/turns_null.c)
target_link_libraries(bench_turns_null PRIVATE pal_flags pal_detect m)
