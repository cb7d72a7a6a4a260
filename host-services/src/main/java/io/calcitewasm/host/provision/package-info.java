/**
 * What instances of a module version are given: environment variables, files that are packed with
 * the module, room in the key-value store. Start with {@link
 * io.calcitewasm.host.provision.Provision}. Services hand it out.
 */
@NullMarked
package io.calcitewasm.host.provision;

import org.jspecify.annotations.NullMarked;
