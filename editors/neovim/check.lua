-- Prints the diagnostics of the file that is open once they are there, for editors/test-neovim.mjs.
local function arrived() return #vim.diagnostic.get(0) > 0 end
vim.wait(20000, arrived, 50)
for _, d in ipairs(vim.diagnostic.get(0)) do
  print(string.format('%d:%d %s %s\n', d.lnum + 1, d.col + 1, d.code or d.source, d.message))
end
if vim.bo.filetype ~= 'netc' then print('the file type is ' .. vim.bo.filetype .. '\n') end
vim.cmd('qall!')
