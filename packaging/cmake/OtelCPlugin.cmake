# otel_c_add_plugin(name [SOURCES] file… [PROFILE file.ini] [LIBS …]): a plugin of otel-c.
#
# Makes the module name.so from the sources. It exports otel_plugin_v1 alone (whatever else the sources do not hide
# themselves is hidden by the compiler), links nothing of otel-c, has no undefined symbols, and stays in a process once it
# is there. LIBS are libraries of your own; hazard: what they pull in is loaded into every traced program.
#
# It is installed where otel-c looks for modules, and the profile where otel-c looks for distros. A project that says
# nothing about CMAKE_INSTALL_PREFIX is installed beside otel-c; one that does keeps its prefix, which otel-c finds only if
# it is its own, or OTEL_C_PLUGIN_PATH names the module's directory.
function(otel_c_add_plugin name)
	cmake_parse_arguments(arg "" "PROFILE" "SOURCES;LIBS" ${ARGN})
	list(APPEND arg_SOURCES ${arg_UNPARSED_ARGUMENTS})
	if(NOT arg_SOURCES)
		message(FATAL_ERROR "otel_c_add_plugin(${name}): no sources; give at least one: "
			"otel_c_add_plugin(${name} SOURCES ${name}.c)")
	endif()
	if(CMAKE_INSTALL_PREFIX_INITIALIZED_TO_DEFAULT AND PROJECT_IS_TOP_LEVEL)
		set(CMAKE_INSTALL_PREFIX "${OtelC_PREFIX}" CACHE PATH "Where otel-c looks for plugins" FORCE)
	endif()

	add_library(${name} MODULE ${arg_SOURCES})
	set_target_properties(${name} PROPERTIES PREFIX "" POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden
		CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
	target_link_options(${name} PRIVATE LINKER:-z,nodelete LINKER:-z,defs)
	target_link_libraries(${name} PRIVATE OtelC::plugin ${arg_LIBS})
	install(TARGETS ${name} LIBRARY DESTINATION "${OtelC_RELATIVE_MODULE_DIR}")
	if(arg_PROFILE)
		# Not writable by a group, whatever the file's mode is: otherwise nobody would trust it.
		install(FILES "${arg_PROFILE}" DESTINATION "${OtelC_RELATIVE_PROFILE_DIR}"
			PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
	endif()
endfunction()
