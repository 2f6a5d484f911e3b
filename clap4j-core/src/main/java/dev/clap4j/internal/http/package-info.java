/** Requests to servers that answer JSON with JSON. */
package dev.clap4j.internal.http;
