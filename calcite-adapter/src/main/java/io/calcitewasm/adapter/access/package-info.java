/**
 * Who may do what in a database: the operator's policy and what the catalogue says was granted, for
 * statements about modules and for the calls in queries. It uses {@code catalogue} and {@code
 * function}. Start with {@code Authority}.
 */
@NullMarked
package io.calcitewasm.adapter.access;

import org.jspecify.annotations.NullMarked;
