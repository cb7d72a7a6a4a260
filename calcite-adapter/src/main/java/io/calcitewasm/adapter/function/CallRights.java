package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import java.util.List;

/** Who says which functions of modules the statement being prepared may call. */
public interface CallRights {
  /** Everything may be called: there is nobody to ask. */
  CallRights ALL =
      new CallRights() {
        @Override
        public String check(String module, String function) {
          return "nobody is asked";
        }

        @Override
        public List<String> capabilities(String module) {
          return List.of();
        }

        @Override
        public CallRights ofView(String view) {
          return this;
        }
      };

  /**
   * Agrees or refuses.
   *
   * @param module the module's name
   * @param function the function's SQL name
   * @return who may call it, and by what
   * @throws SqlError 42501 if it may not be called
   */
  String check(String module, String function);

  /** The capabilities that a module was granted, one line each, and by whom. */
  List<String> capabilities(String module);

  /**
   * The rights of a view's query, which are those of who made the view.
   *
   * @param view the view's name
   */
  CallRights ofView(String view);
}
