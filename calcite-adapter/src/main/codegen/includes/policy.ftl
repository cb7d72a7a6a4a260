<#-- Statements about who may do what. -->

SqlNode SqlExecutePrivilege() :
{
    final Span s;
    final SqlIdentifier object;
    final SqlNodeList roles;
}
{
    <GRANT> { s = span(); } <EXECUTE> <ON> object = ExecutableObject() <TO> roles = RoleList()
    { return new ExecutePrivilege(s.end(this), ExecutePrivilege.Change.GRANT, object, roles); }
|
    <REVOKE> { s = span(); } <EXECUTE> <ON> object = ExecutableObject() <FROM> roles = RoleList()
    { return new ExecutePrivilege(s.end(this), ExecutePrivilege.Change.REVOKE, object, roles); }
}

SqlIdentifier ExecutableObject() :
{
    final SqlIdentifier module;
    final SqlIdentifier function;
}
{
    <MODULE> module = SimpleIdentifier() { return module; }
|
    <FUNCTION> module = SimpleIdentifier() <DOT> { NextWordIsName(); } function = SimpleIdentifier()
    {
        return new SqlIdentifier(
            java.util.Arrays.asList(module.getSimple(), function.getSimple()),
            Span.of(module, function).pos());
    }
}

SqlNodeList RoleList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlIdentifier role;
}
{
    { NextWordIsName(); }
    role = SimpleIdentifier() { s = span(); list.add(role); }
    (
        <COMMA> { NextWordIsName(); }
        role = SimpleIdentifier() { list.add(role); }
    )*
    { return new SqlNodeList(list, s.end(this)); }
}

SqlNode SqlShowPolicy() :
{
    final Span s;
}
{
    <SHOW> { s = span(); } <POLICY>
    { return new ShowPolicy(s.end(this)); }
}

SqlNode SqlShowGrants() :
{
    final Span s;
}
{
    <SHOW> { s = span(); } <GRANTS>
    { return new ShowGrants(s.end(this)); }
}

SqlNode SqlReloadPolicy() :
{
    final Span s;
}
{
    <RELOAD> { s = span(); } <POLICY>
    { return new ReloadPolicy(s.end(this)); }
}
