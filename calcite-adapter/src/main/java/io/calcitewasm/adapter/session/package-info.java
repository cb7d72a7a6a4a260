/**
 * Databases, connections to them, and what happens to a statement from its text to its rows or its
 * error. It uses all other packages of this room but {@code embed}. Start with {@link
 * io.calcitewasm.adapter.session.Session}.
 *
 * <p>Every execution belongs to a {@link io.calcitewasm.adapter.catalogue.Transaction}: its own,
 * which is committed when it ends well and rolled back when it fails, or the one that the session
 * has begun, of which a failure undoes only what the execution has done. {@code TransactionScope}
 * has it, from the beginning of an execution ({@code Session.run} for queries and changes of rows,
 * {@code Session.execute} for definitions) to its end. It costs nothing until something is written:
 * whoever keeps rows in the catalogue for a statement, a host service for instance, takes {@code
 * scope.transaction()} as a {@link io.calcitewasm.adapter.catalogue.Transactional} and does all
 * reading and writing in its {@code inTransaction}, neither committing nor closing what it is
 * given.
 */
@NullMarked
package io.calcitewasm.adapter.session;

import org.jspecify.annotations.NullMarked;
