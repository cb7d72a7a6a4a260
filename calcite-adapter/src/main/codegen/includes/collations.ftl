<#-- Collations. A name after COLLATE is one whatever the word: the token manager sees to that. -->

void CollatePostfix(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlNode collation;
}
{
    <COLLATE> {
        checkNonQueryExpression(exprContext);
        s.clear().add(this);
    }
    collation = CollationName()
    {
        list.add(new SqlParserUtil.ToTreeListItem(Collate.OPERATOR, s.pos()));
        list.add(collation);
    }
}

/** A collation's name as the literal that {@link Collate} takes. */
SqlNode CollationName() :
{
    final SqlIdentifier name;
}
{
    name = CompoundIdentifier() { return Collate.name(name); }
}
