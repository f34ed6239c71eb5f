# Warnings are errors under GCC 12 and Clang 14 alike.
add_library(pal_flags INTERFACE)
target_compile_definitions(pal_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(pal_flags INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wold-style-definition -Wformat=2 -Wundef -Wvla -Wwrite-strings
    -Wcast-qual -Wcast-align -Wpointer-arith -Wswitch-enum -Wimplicit-fallthrough
    -Wnull-dereference -Wdouble-promotion -fno-common -fstack-protector-strong)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pal_flags INTERFACE -Wduplicated-cond -Wlogical-op
        -Wduplicated-branches -Wjump-misses-init)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(pal_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
if(PAL_SANITIZE)
    target_compile_options(pal_flags INTERFACE -fsanitize=${PAL_SANITIZE}
        -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(pal_flags INTERFACE -fsanitize=${PAL_SANITIZE})
endif()
if(PAL_FUZZ)
    target_compile_options(pal_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(BUILD_TESTING OR NOT DEFINED BUILD_TESTING)
    target_compile_definitions(pal_flags INTERFACE PAL_TEST_ALLOCATION=1)
endif()
