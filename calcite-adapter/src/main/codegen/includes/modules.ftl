<#-- Statements about modules: SEMANTICS.md, "DDL". -->

/** Lets the next word be a name even where it is a reserved word. */
JAVACODE void NextWordIsName() {
    final Token next = getToken(1);
    if (WasmSqlParserImplTokenManager.isWord(next.image)) {
        next.kind = IDENTIFIER;
    }
}

boolean IfExistsOpt() :
{
}
{
    LOOKAHEAD(2) <IF> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfNotExistsOpt() :
{
}
{
    LOOKAHEAD(3) <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

/** CREATE [OR REPLACE] MODULE [IF NOT EXISTS] name FROM 'path' ... */
SqlCreate SqlCreateModule(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNode source;
    SqlNode digest = null;
    SqlNodeList grants = SqlNodeList.EMPTY;
    SqlLiteral isolation = null;
    SqlNodeList limits = SqlNodeList.EMPTY;
}
{
    <MODULE> ifNotExists = IfNotExistsOpt() name = SimpleIdentifier()
    <FROM> source = StringLiteral()
    [ <DIGEST> digest = StringLiteral() ]
    [ <GRANT> grants = GrantList() ]
    [ <ISOLATION> isolation = IsolationLevel() ]
    [ <WITH> limits = NamedLiteralList() ]
    {
        return new CreateModule(s.end(this), replace, ifNotExists, name, source, digest, grants,
            isolation, limits);
    }
}

SqlLiteral IsolationLevel() :
{
}
{
    <CALL> { return SqlLiteral.createSymbol(Isolation.CALL, getPos()); }
|
    <STATEMENT> { return SqlLiteral.createSymbol(Isolation.STATEMENT, getPos()); }
|
    <SESSION> { return SqlLiteral.createSymbol(Isolation.SESSION, getPos()); }
}

SqlNodeList GrantList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    <LPAREN> { s = span(); }
    item = Grant() { list.add(item); }
    ( <COMMA> item = Grant() { list.add(item); } )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

SqlNode Grant() :
{
    final SqlIdentifier capability;
    SqlNodeList scope = SqlNodeList.EMPTY;
}
{
    { NextWordIsName(); }
    capability = SimpleIdentifier()
    [ scope = NamedLiteralList() ]
    {
        final Span s = Span.of(capability);
        return new GrantItem(scope.isEmpty() ? s.pos() : s.end(this), capability, scope);
    }
}

/** (key => literal, ...), each as a call of ARGUMENT_ASSIGNMENT(literal, key). */
SqlNodeList NamedLiteralList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    <LPAREN> { s = span(); }
    item = NamedLiteral() { list.add(item); }
    ( <COMMA> item = NamedLiteral() { list.add(item); } )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

SqlNode NamedLiteral() :
{
    final SqlIdentifier key;
    final SqlNode value;
}
{
    { NextWordIsName(); }
    key = SimpleIdentifier() <NAMED_ARGUMENT_ASSIGNMENT> value = Literal()
    {
        return SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
            Span.of(key, value).pos(), value, key);
    }
}

SqlDrop SqlDropModule(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
    boolean cascade = false;
}
{
    <MODULE> ifExists = IfExistsOpt() name = SimpleIdentifier()
    [
        <RESTRICT>
    |
        <CASCADE> { cascade = true; }
    ]
    { return new DropModule(s.end(this), ifExists, name, cascade); }
}

SqlNode SqlShowModules() :
{
    final Span s;
}
{
    <SHOW> { s = span(); } <MODULES>
    { return new ShowModules(s.end(this)); }
}

SqlNode SqlDescribeModule() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <DESCRIBE> { s = span(); } <MODULE> name = SimpleIdentifier()
    { return new DescribeModule(s.end(this), name); }
}

SqlNode SqlExplainAnalyze() :
{
    final Span s;
    final SqlNode query;
}
{
    <EXPLAIN> { s = span(); } <ANALYZE> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new ExplainAnalyze(s.end(query), query); }
}
