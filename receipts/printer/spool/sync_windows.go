package spool

const canSyncFolders = false
