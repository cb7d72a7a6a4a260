<#-- Statements about modules: docs/sql.md, "Statements". -->

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
    SqlNode signature = null;
    SqlNodeList grants = SqlNodeList.EMPTY;
    IsolationClause isolation = null;
    SqlNodeList limits = SqlNodeList.EMPTY;
    final boolean cascade;
}
{
    <MODULE> ifNotExists = IfNotExistsOpt() name = SimpleIdentifier()
    <FROM> source = StringLiteral()
    [ <DIGEST> digest = StringLiteral() ]
    [ <SIGNATURE> signature = StringLiteral() ]
    [ <GRANT> grants = GrantList() ]
    [ <ISOLATION> isolation = Isolations() ]
    [ <WITH> limits = ModuleSettingList() ]
    cascade = CascadeOpt()
    {
        return new CreateModule(s.end(this), replace, ifNotExists, name, source, digest, signature, grants,
            isolation, limits, cascade);
    }
}

boolean CascadeOpt() :
{
}
{
    <RESTRICT> { return false; }
|
    <CASCADE> { return true; }
|
    { return false; }
}

/** CALL, STATEMENT FOR (f, g), ... */
IsolationClause Isolations() :
{
    IsolationClause clause;
}
{
    clause = IsolationItem(IsolationClause.empty(getPos()))
    ( <COMMA> clause = IsolationItem(clause) )*
    { return clause; }
}

IsolationClause IsolationItem(IsolationClause before) :
{
    final Isolation level;
    IsolationClause clause = before;
    List<String> function;
}
{
    level = IsolationLevel()
    (
        <FOR> <LPAREN>
        function = FunctionOfModule() { clause = clause.with(function, level); }
        ( <COMMA> function = FunctionOfModule() { clause = clause.with(function, level); } )*
        <RPAREN>
        { return clause; }
    |
        { return clause.with(level); }
    )
}

/** A function's name, or that of its sub-schema and its own. */
List<String> FunctionOfModule() :
{
    final List<String> names = new ArrayList<String>();
    SqlIdentifier name;
}
{
    { NextWordIsName(); }
    name = SimpleIdentifier() { names.add(name.getSimple()); }
    [ <DOT> { NextWordIsName(); } name = SimpleIdentifier() { names.add(name.getSimple()); } ]
    { return names; }
}

Isolation IsolationLevel() :
{
}
{
    <CALL> { return Isolation.CALL; }
|
    <STATEMENT> { return Isolation.STATEMENT; }
|
    <SESSION> { return Isolation.SESSION; }
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
    key = SimpleIdentifier() <NAMED_ARGUMENT_ASSIGNMENT>
    (
        value = Literal()
    |
        value = LiteralList()
    )
    {
        return SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
            Span.of(key, value).pos(), value, key);
    }
}

/** Limits, and configuration as in config.region => 'eu'. */
SqlNodeList ModuleSettingList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    <LPAREN> { s = span(); }
    item = ModuleSetting() { list.add(item); }
    ( <COMMA> item = ModuleSetting() { list.add(item); } )*
    <RPAREN>
    { return new SqlNodeList(list, s.end(this)); }
}

SqlNode ModuleSetting() :
{
    final SqlIdentifier key;
    final Span s;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    { NextWordIsName(); }
    key = CompoundIdentifier() <NAMED_ARGUMENT_ASSIGNMENT>
    (
        value = Literal()
    |
        <LPAREN> { s = span(); } value = Literal() { values.add(value); }
        ( <COMMA> value = Literal() { values.add(value); } )*
        <RPAREN> { value = new SqlNodeList(values, s.end(this)); }
    )
    {
        return SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
            Span.of(key, value).pos(), value, key);
    }
}

/** ('a', 'b') */
SqlNodeList LiteralList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    <LPAREN> { s = span(); }
    item = Literal() { list.add(item); }
    ( <COMMA> item = Literal() { list.add(item); } )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

SqlDrop SqlDropModule(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
    final boolean cascade;
}
{
    <MODULE> ifExists = IfExistsOpt() name = SimpleIdentifier()
    cascade = CascadeOpt()
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

/** ALTER MODULE name ...: each kind of change is one action. */
SqlNode SqlAlterModule() :
{
    final Span s;
    final SqlIdentifier name;
    final AlterModule.Action action;
}
{
    <ALTER> { s = span(); } <MODULE> name = SimpleIdentifier()
    (
        action = RollbackModule()
    |
        action = ModuleSettings()
    |
        action = CanaryModule()
    |
        action = PromoteModule()
    |
        action = GrantToModule()
    |
        action = RevokeFromModule()
    |
        <DISCARD> [ <CANARY> ] { action = new AlterModule.Discard(); }
    )
    { return new AlterModule(s.end(this), name, action); }
}

AlterModule.Action RollbackModule() :
{
    SqlNode version = null;
    final boolean cascade;
}
{
    <ROLLBACK>
    [ <TO> <VERSION> ( version = StringLiteral() | version = UnsignedNumericLiteral() ) ]
    cascade = CascadeOpt()
    {
        return new AlterModule.Rollback(
            version == null ? Optional.<Object>empty() : Optional.of(Literals.value(version)),
            cascade);
    }
}

AlterModule.Action CanaryModule() :
{
    final SqlNode source;
    SqlNode digest = null;
    final SqlNode fraction;
}
{
    <CANARY> <WITH> source = StringLiteral()
    [ <DIGEST> digest = StringLiteral() ]
    <FRACTION> fraction = UnsignedNumericLiteral()
    {
        return new AlterModule.Canary(Literals.string(source),
            digest == null ? Optional.<String>empty() : Optional.of(Literals.string(digest)),
            ((SqlLiteral) fraction).bigDecimalValue());
    }
}

AlterModule.Action GrantToModule() :
{
    final SqlNodeList grants;
    final SqlNode item;
}
{
    <GRANT>
    (
        grants = GrantList() { return AlterModule.Grants.of(grants); }
    |
        item = Grant() { return AlterModule.Grants.of(SqlNodeList.of(item)); }
    )
}

AlterModule.Action RevokeFromModule() :
{
    final List<String> capabilities = new ArrayList<String>();
    SqlIdentifier capability;
    boolean immediate = false;
}
{
    <REVOKE> { NextWordIsName(); }
    capability = SimpleIdentifier() { capabilities.add(capability.getSimple()); }
    (
        <COMMA> { NextWordIsName(); }
        capability = SimpleIdentifier() { capabilities.add(capability.getSimple()); }
    )*
    [ <IMMEDIATE> { immediate = true; } ]
    { return new AlterModule.Revocation(capabilities, immediate); }
}

AlterModule.Action PromoteModule() :
{
    final boolean cascade;
}
{
    <PROMOTE> [ <CANARY> ] cascade = CascadeOpt()
    { return new AlterModule.Promote(cascade); }
}

AlterModule.Action ModuleSettings() :
{
    IsolationClause isolation = null;
    final List<NamedLiteral> limits = new ArrayList<NamedLiteral>();
    NamedLiteral limit;
}
{
    <SET> <LPAREN>
    (
        LOOKAHEAD({ getToken(1).image.equalsIgnoreCase("isolation") })
        isolation = IsolationSetting(isolation)
    |
        limit = Setting() { limits.add(limit); }
    )
    (
        <COMMA>
        (
            LOOKAHEAD({ getToken(1).image.equalsIgnoreCase("isolation") })
            isolation = IsolationSetting(isolation)
        |
            limit = Setting() { limits.add(limit); }
        )
    )*
    <RPAREN>
    {
        return new AlterModule.Settings(
            Optional.ofNullable(isolation),
            limits);
    }
}

IsolationClause IsolationSetting(IsolationClause before) :
{
    IsolationClause isolation;
}
{
    <ISOLATION> ( <EQ> | <NAMED_ARGUMENT_ASSIGNMENT> )
    isolation = IsolationItem(before == null ? IsolationClause.empty(getPos()) : before)
    ( LOOKAHEAD(<COMMA> IsolationLevel()) <COMMA> isolation = IsolationItem(isolation) )*
    { return isolation; }
}

/** key = literal or key = (literal, ...); the arrow of CREATE MODULE will do too. */
NamedLiteral Setting() :
{
    final SqlIdentifier key;
    SqlNode value;
    Object read;
    final List<Object> values = new ArrayList<Object>();
}
{
    { NextWordIsName(); }
    key = CompoundIdentifier() ( <EQ> | <NAMED_ARGUMENT_ASSIGNMENT> )
    (
        value = Literal() { read = Literals.value(value); }
    |
        <LPAREN> value = Literal() { values.add(Literals.value(value)); }
        ( <COMMA> value = Literal() { values.add(Literals.value(value)); } )*
        <RPAREN> { read = values; }
    )
    { return new NamedLiteral(NamedLiteral.key(key), read, key.getParserPosition()); }
}

SqlCreate SqlCreateBucket(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNode location;
}
{
    <BUCKET> ifNotExists = IfNotExistsOpt() name = SimpleIdentifier()
    <LOCATION> location = StringLiteral()
    { return new CreateBucket(s.end(this), replace, ifNotExists, name, location); }
}

SqlDrop SqlDropBucket(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    <BUCKET> ifExists = IfExistsOpt() name = SimpleIdentifier()
    { return new DropBucket(s.end(this), ifExists, name); }
}

SqlNode SqlShowBuckets() :
{
    final Span s;
}
{
    <SHOW> { s = span(); } <BUCKETS>
    { return new ShowBuckets(s.end(this)); }
}
