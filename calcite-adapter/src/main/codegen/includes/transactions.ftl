<#-- Statements about transactions. -->
SqlNode SqlBeginTransaction() :
{
    final Span s;
}
{
    (
        <BEGIN> { s = span(); } [ <TRANSACTION> | <WORK> ]
    |
        <START> { s = span(); } <TRANSACTION>
    )
    { return new TransactionStatement(s.end(this), TransactionStatement.Action.BEGIN, null); }
}

SqlNode SqlCommitTransaction() :
{
    final Span s;
}
{
    <COMMIT> { s = span(); } [ <TRANSACTION> | <WORK> ]
    { return new TransactionStatement(s.end(this), TransactionStatement.Action.COMMIT, null); }
}

SqlNode SqlRollbackTransaction() :
{
    final Span s;
    SqlIdentifier savepoint = null;
}
{
    <ROLLBACK> { s = span(); } [ <TRANSACTION> | <WORK> ]
    [ <TO> [ LOOKAHEAD(2) <SAVEPOINT> ] savepoint = SimpleIdentifier() ]
    {
        return new TransactionStatement(
            s.end(this),
            savepoint == null
                ? TransactionStatement.Action.ROLLBACK
                : TransactionStatement.Action.ROLLBACK_TO,
            savepoint);
    }
}

SqlNode SqlSavepoint() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <SAVEPOINT> { s = span(); } name = SimpleIdentifier()
    { return new TransactionStatement(s.end(this), TransactionStatement.Action.SAVEPOINT, name); }
}

SqlNode SqlReleaseSavepoint() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <RELEASE> { s = span(); } [ LOOKAHEAD(2) <SAVEPOINT> ] name = SimpleIdentifier()
    { return new TransactionStatement(s.end(this), TransactionStatement.Action.RELEASE, name); }
}
