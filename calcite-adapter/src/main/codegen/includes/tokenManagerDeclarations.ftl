    private int previousKind = EOF;

    /**
     * Makes any word an identifier that follows a dot, so that {@code text.upper(s)} and
     * {@code t.check} need no quotes, or COLLATE, as in {@code COLLATE natural}. JavaCC calls this for each token, in order.
     */
    void CommonTokenAction(Token token) {
      if ((previousKind == DOT || previousKind == COLLATE) && isWord(token.image)) {
        token.kind = IDENTIFIER;
      }
      previousKind = token.kind;
    }

    /** Tells keywords and plain identifiers from quoted names, strings and symbols. */
    static boolean isWord(String image) {
      if (image.isEmpty() || !Character.isJavaIdentifierStart(image.charAt(0))) {
        return false;
      }
      for (int i = 1; i < image.length(); i++) {
        if (!Character.isJavaIdentifierPart(image.charAt(i))) {
          return false;
        }
      }
      return true;
    }
