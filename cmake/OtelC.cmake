# What every part of the build shares: flags, the layout of the build tree, and how modules and tests are made.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# The build tree has the layout of an installation.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(OTEL_C_MODULE_DIR "${PROJECT_BINARY_DIR}/lib/otel-c")
set(OTEL_C_SHARE_DIR "${PROJECT_BINARY_DIR}/share/otel-c")

# Found beside the program both in the build tree and in an installation. The build tree gets the same run path, because
# CMake would pad a shorter one with empty elements, and an empty element means the current directory.
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib" "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
list(REMOVE_DUPLICATES CMAKE_INSTALL_RPATH)
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)

set(OTEL_C_SANITIZE "" CACHE STRING "address or thread")
if(OTEL_C_SANITIZE STREQUAL "address")
	add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
elseif(OTEL_C_SANITIZE STREQUAL "thread")
	add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
	add_link_options(-fsanitize=thread)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
add_compile_options($<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>)
add_compile_definitions(_GNU_SOURCE)
include_directories("${PROJECT_SOURCE_DIR}/core/include")

# For what is loaded into other people's programs: each mapping and each symbol that is looked for lengthens their start.
# So code and constants share a mapping, and what nobody calls (mostly of util) is left out together with its symbols.
set(OTEL_C_LEAN_LINK LINKER:--gc-sections LINKER:-z,noseparate-code)

# The private headers of the core: "util/buf.h", "api/slot.h" …
set(OTEL_C_CORE_DIR "${PROJECT_SOURCE_DIR}/core")

# otel_module(name SOURCES … LIBS … [MAP file] [COMPONENT package]): a plugin or another dlopened part, in lib/otel-c/,
# installed with the SDK unless COMPONENT says otherwise. Unless MAP names another version script, it exports
# otel_plugin_v1 alone. Only instrumentations get a run path, to libotel_api: the
# loader would search it for every other library too, at the start of each traced program.
function(otel_module name)
	cmake_parse_arguments(arg "" "MAP;COMPONENT" "SOURCES;LIBS" ${ARGN})
	if(NOT arg_COMPONENT)
		set(arg_COMPONENT sdk)
	endif()
	if(NOT arg_MAP)
		set(arg_MAP "${PROJECT_SOURCE_DIR}/cmake/plugin.map")
	endif()
	set(run_path "")
	if("otel_api" IN_LIST arg_LIBS)
		set(run_path "$ORIGIN/..")
	endif()
	add_library(${name} MODULE ${arg_SOURCES})
	set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY "${OTEL_C_MODULE_DIR}"
		LINK_DEPENDS "${arg_MAP}" INSTALL_RPATH "${run_path}")
	target_link_options(${name} PRIVATE "LINKER:--version-script=${arg_MAP}" LINKER:-z,defs LINKER:-z,nodelete
		${OTEL_C_LEAN_LINK})
	target_link_libraries(${name} PRIVATE ${arg_LIBS})
	install(TARGETS ${name} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/otel-c" COMPONENT ${arg_COMPONENT})
endfunction()

# otel_test(name SOURCES … LIBS … [LABELS …] [DEPENDS targets …]): a unit test written with check. The sources see the
# private headers of the core.
function(otel_test name)
	cmake_parse_arguments(arg "" "" "SOURCES;LIBS;LABELS;DEPENDS" ${ARGN})
	add_executable(${name} ${arg_SOURCES} "${PROJECT_SOURCE_DIR}/tests/support/calm.c")
	target_include_directories(${name} PRIVATE "${OTEL_C_CORE_DIR}" "${PROJECT_SOURCE_DIR}/tests")
	target_compile_options(${name} PRIVATE -Wno-pedantic -Wno-missing-prototypes)
	target_link_libraries(${name} PRIVATE ${arg_LIBS} PkgConfig::CHECK Threads::Threads)
	set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
	if(arg_DEPENDS)
		add_dependencies(${name} ${arg_DEPENDS})
	endif()
	add_test(NAME ${name} COMMAND ${name})
	set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS "unit;${arg_LABELS}"
		ENVIRONMENT "CK_FORK=no;OTEL_C_TEST_BUILD=${PROJECT_BINARY_DIR};OTEL_C_TEST_SOURCE=${PROJECT_SOURCE_DIR}")
endfunction()
