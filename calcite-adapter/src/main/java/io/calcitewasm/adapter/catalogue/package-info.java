/**
 * What a database knows and keeps: the embedded H2 with the definitions of modules, foreign schemas
 * and views, the user's own tables, and all of it as Calcite schemas. It knows no session and no
 * planner.
 *
 * <p>{@link io.calcitewasm.adapter.catalogue.CommittedCatalogue} is what everybody sees. A {@link
 * io.calcitewasm.adapter.catalogue.Transaction} changes it: rows of the store by its connection,
 * and an immutable picture of all names, which takes the committed one's place at COMMIT. A {@link
 * io.calcitewasm.adapter.catalogue.Namespace} is either as SQL sees it. Whatever keeps rows in the
 * catalogue works on a {@link io.calcitewasm.adapter.catalogue.Transactional}, which is the store
 * or a transaction. Start with these four.
 */
@NullMarked
package io.calcitewasm.adapter.catalogue;

import org.jspecify.annotations.NullMarked;
