<#-- Foreign schemas, tables and views. The statements are Calcite's own nodes. -->

SqlCreate SqlCreateForeignSchema(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNode type;
    SqlNodeList optionList = null;
}
{
    <FOREIGN> <SCHEMA> ifNotExists = IfNotExistsOpt() name = SimpleIdentifier()
    <TYPE> type = StringLiteral()
    [ <OPTIONS> optionList = ForeignOptions() ]
    {
        return SqlDdlNodes.createForeignSchema(s.end(this), replace, ifNotExists, name, type, null,
            optionList);
    }
}

/** (key 'value', ...) as a flat list of keys and values. */
SqlNodeList ForeignOptions() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    <LPAREN> { s = span(); }
    ForeignOption(list)
    ( <COMMA> ForeignOption(list) )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

void ForeignOption(List<SqlNode> list) :
{
    final SqlIdentifier key;
    final SqlNode value;
}
{
    { NextWordIsName(); }
    key = SimpleIdentifier() { list.add(key); }
    value = Literal() { list.add(value); }
}

SqlDrop SqlDropForeignSchema(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    <FOREIGN> <SCHEMA> ifExists = IfExistsOpt() name = SimpleIdentifier()
    { return SqlDdlNodes.dropSchema(s.end(this), true, ifExists, name); }
}

SqlCreate SqlCreateTable(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList elements = null;
    SqlNode query = null;
}
{
    <TABLE> ifNotExists = IfNotExistsOpt() name = CompoundIdentifier()
    [ elements = TableElementList() ]
    [ <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) ]
    { return SqlDdlNodes.createTable(s.end(this), replace, ifNotExists, name, elements, query); }
}

SqlNodeList TableElementList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    <LPAREN> { s = span(); }
    TableElement(list)
    ( <COMMA> TableElement(list) )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

/** A column with its inline constraints, or a table constraint. */
void TableElement(List<SqlNode> list) :
{
    final Span s;
    final SqlIdentifier name;
    SqlDataTypeSpec type;
    Boolean nullable = null;
    SqlNode value = null;
    boolean primary = false;
    boolean unique = false;
    final SqlNodeList columns;
    SqlNode collation = null;
}
{
    <PRIMARY> { s = span(); } <KEY> columns = ParenthesizedSimpleIdentifierList()
    { list.add(SqlDdlNodes.primary(s.end(columns), null, columns)); }
|
    <UNIQUE> { s = span(); } columns = ParenthesizedSimpleIdentifierList()
    { list.add(SqlDdlNodes.unique(s.end(columns), null, columns)); }
|
    name = SimpleIdentifier() { s = span(); }
    (
        type = DataType()
        (
            <COLLATE> collation = CollationName()
        |
            <NOT> <NULL> { nullable = false; }
        |
            <NULL> { nullable = true; }
        |
            <DEFAULT_> value = Expression(ExprContext.ACCEPT_SUB_QUERY)
        |
            <PRIMARY> <KEY> { primary = true; nullable = false; }
        |
            <UNIQUE> { unique = true; }
        )*
        {
            type = type.withNullable(nullable == null ? Boolean.TRUE : nullable);
            list.add(SqlDdlNodes.column(s.end(this), name, type, value,
                value != null ? ColumnStrategy.DEFAULT
                    : type.getNullable() ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE));
        }
    |
        { list.add(name); }
    )
    {
        if (primary) {
            list.add(SqlDdlNodes.primary(s.end(this), null, SqlNodeList.of(name)));
        }
        if (unique) {
            list.add(SqlDdlNodes.unique(s.end(this), null, SqlNodeList.of(name)));
        }
        if (collation != null) {
            list.add(Collate.OPERATOR.createCall(s.end(this), name, collation));
        }
    }
}

SqlDrop SqlDropTable(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    <TABLE> ifExists = IfExistsOpt() name = CompoundIdentifier()
    { return SqlDdlNodes.dropTable(s.end(this), ifExists, name); }
}

SqlCreate SqlCreateView(Span s, boolean replace) :
{
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <VIEW> name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return SqlDdlNodes.createView(s.end(this), replace, name, columns, query); }
}

SqlDrop SqlDropView(Span s, boolean replace) :
{
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    <VIEW> ifExists = IfExistsOpt() name = CompoundIdentifier()
    { return SqlDdlNodes.dropView(s.end(this), ifExists, name); }
}
