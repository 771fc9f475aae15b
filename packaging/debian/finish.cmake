# Run by cpack once the packages lie there. Libraries are made known by a trigger, in place of the scripts that cpack
# writes: then no package of ours runs anything when it is installed or removed. And they may be installed for several
# architectures side by side.
foreach(package IN LISTS CPACK_PACKAGE_FILES)
	set(tree "${package}.tree")
	execute_process(COMMAND dpkg-deb --raw-extract "${package}" "${tree}" COMMAND_ERROR_IS_FATAL ANY)
	file(REMOVE "${tree}/DEBIAN/postinst" "${tree}/DEBIAN/postrm")
	if(package MATCHES "/lib[^/]*$")
		file(READ "${tree}/DEBIAN/control" control)
		string(REPLACE "\nPackage: " "\nMulti-Arch: same\nPackage: " control "${control}")
		file(WRITE "${tree}/DEBIAN/control" "${control}")
	endif()
	execute_process(COMMAND dpkg-deb --root-owner-group -Zxz --build "${tree}" "${package}" OUTPUT_QUIET
		COMMAND_ERROR_IS_FATAL ANY)
	file(REMOVE_RECURSE "${tree}")
endforeach()
