package io.calcitewasm.component.link;

import io.calcitewasm.component.core.CoreModule;

/**
 * A core module as it is instantiated.
 *
 * @param countsRefusals whether its instances export {@link
 *     io.calcitewasm.component.binary.core.GrowthRecorder#REFUSALS}
 */
public record PreparedModule(CoreModule module, boolean countsRefusals) {}
