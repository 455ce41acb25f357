//go:build !windows

package spool

const canSyncFolders = true
