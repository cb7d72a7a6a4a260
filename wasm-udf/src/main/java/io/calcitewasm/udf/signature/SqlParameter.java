package io.calcitewasm.udf.signature;

/**
 * A parameter of a SQL function.
 *
 * @param name the WIT name in snake_case
 * @param type its SQL type
 * @param nullable whether the guest sees NULL ({@code option}); otherwise the function is strict in
 *     this parameter: NULL in, NULL out, and the guest is not called
 */
public record SqlParameter(String name, SqlType type, boolean nullable) {}
