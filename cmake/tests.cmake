# One test program a file, linked with its own room only: test/unit/<room>/t_<thing>.c.
# A file test/unit/<room>/helper_*.c is linked into all programs of that room.
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
set(pal_test_environment
    "PAL_SOURCE_DIR=${CMAKE_SOURCE_DIR}"
    "PAL_SHARED_DATA=${CMAKE_SOURCE_DIR}/../shared/data"
    "PAL_SHARED_REFERENCE=${CMAKE_SOURCE_DIR}/../shared/reference"
    "ASAN_OPTIONS=detect_leaks=1"
    "LC_ALL=C.UTF-8")
foreach(room base source record store model stat law document
        measure detect claim publish simulate app)
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/unit/${room}/t_*.c)
    file(GLOB helpers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/unit/${room}/helper_*.c)
    foreach(test ${tests})
        get_filename_component(thing ${test} NAME_WE)
        set(target ${room}_${thing})
        add_executable(${target} ${test} ${helpers})
        target_link_libraries(${target} PRIVATE pal_flags pal_${room} PkgConfig::CMOCKA
            PkgConfig::EXPAT PkgConfig::JANSSON m)
        add_test(NAME ${room}/${thing} COMMAND ${target})
        set_tests_properties(${room}/${thing} PROPERTIES
            ENVIRONMENT "${pal_test_environment}" TIMEOUT 600)
    endforeach()
endforeach()

# Each harness fuzz/fuzz_<parser>.c runs its corpus as an ordinary test everywhere; under the
# fuzz preset it is also a libFuzzer program.
file(GLOB harnesses CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/fuzz_*.c)
foreach(harness ${harnesses})
    get_filename_component(name ${harness} NAME_WE)
    string(REPLACE "fuzz_" "" parser ${name})
    if(PAL_FUZZ)
        add_executable(${name} ${harness})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
        add_executable(${name} ${harness} ${CMAKE_SOURCE_DIR}/fuzz/replay_main.c)
        add_test(NAME fuzz/${parser}
            COMMAND ${name} ${CMAKE_SOURCE_DIR}/fuzz/corpus/${parser})
        set_tests_properties(fuzz/${parser} PROPERTIES
            ENVIRONMENT "${pal_test_environment}" TIMEOUT 600)
    endif()
    if(parser MATCHES "^(study_file|spec_file|stat_input|claims_file)$")
        target_link_libraries(${name} PRIVATE pal_flags pal_app)
    elseif(parser MATCHES "^document_")
        target_link_libraries(${name} PRIVATE pal_flags pal_document)
    else()
        target_link_libraries(${name} PRIVATE pal_flags pal_law pal_record pal_source pal_base)
    endif()
endforeach()
file(GLOB checks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/check/*.sh)
list(REMOVE_ITEM checks ${CMAKE_SOURCE_DIR}/test/check/cli.sh)
function(pal_check name)
    add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES ENVIRONMENT
        "${pal_test_environment};PALLADIUM=$<TARGET_FILE:palladium>;PAL_BUILD=${CMAKE_BINARY_DIR}"
        TIMEOUT 1800 SKIP_RETURN_CODE 77)
endfunction()
foreach(check ${checks})
    get_filename_component(name ${check} NAME_WE)
    pal_check(check/${name} ${check})
endforeach()
# Commands and their answers, a file a test: those of test/cli and the examples of doc/.
file(GLOB examples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/cli/*.t
    ${CMAKE_SOURCE_DIR}/doc/palladium-*.md)
foreach(example ${examples})
    get_filename_component(name ${example} NAME_WE)
    pal_check(cli/${name} ${CMAKE_SOURCE_DIR}/test/check/cli.sh ${example})
endforeach()
