/**
 * Texts that strangers or operators wrote, as trees that know their places: JSON of manifests and
 * YAML of policy files, bounded in size, depth and number of values, without aliases, tags or
 * duplicate keys. It uses no other package of this project. Start with {@code Value}.
 */
@NullMarked
package io.calcitewasm.policy.document;

import org.jspecify.annotations.NullMarked;
