package io.calcitewasm.component.check;

import io.calcitewasm.component.binary.core.CoreFuncType;

/** What an index in the index space of core types stands for. */
sealed interface CoreTypeItem permits CoreTypeItem.Func, ModuleType {

  /** A core function type. */
  record Func(CoreFuncType type) implements CoreTypeItem {}
}
