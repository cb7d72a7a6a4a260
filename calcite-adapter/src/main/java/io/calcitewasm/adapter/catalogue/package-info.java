/**
 * What a database knows and keeps: the embedded H2 with the definitions of modules, foreign schemas
 * and views, the user's own tables, and all of it as Calcite schemas. It knows no session and no
 * planner. Start with {@link io.calcitewasm.adapter.catalogue.Catalogue} and {@link
 * io.calcitewasm.adapter.catalogue.RootSchema}.
 */
@NullMarked
package io.calcitewasm.adapter.catalogue;

import org.jspecify.annotations.NullMarked;
