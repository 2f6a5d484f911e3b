/** Compiled heads, and access to what {@link dev.clap4j.head.Head} keeps from users. */
package dev.clap4j.internal.head;
