/** Pictures from other servers, if their hosts are allowed. */
package dev.clap4j.internal.server.fetch;
